package org.usagestats.server.records;

import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.usagestats.query.Cells;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;

/**
 * A table as RFC 4180 has it, in UTF-8: a column for each key of a report, in the order in which they first occur, and a row
 * for each report. Lists and objects stand as JSON; a key that a report has not is an empty cell without quotes.
 */
public final class CsvTable {

    private static final int MOST_COLUMNS = 10_000;

    private final Map<String, Integer> columns = new LinkedHashMap<>();
    private final OutputStream out;

    private CsvTable(OutputStream out) {
        this.out = out;
    }

    /** Reports, each a JSON object. */
    @FunctionalInterface
    public interface Source {

        /**
         * Reads them, always the same.
         *
         * @param to who takes them
         * @throws IOException if they cannot be read, or the taker fails
         */
        void read(Lines.Taker to) throws IOException;
    }

    /**
     * Writes a table, in memory that does not grow with the number of its rows.
     *
     * @param source what it is of; is read twice, for the columns and for the rows
     * @param out where it goes; is not closed
     * @throws IOException if the reports cannot be read or are others the second time, if they have too many keys in all, or if
     *     nobody takes the table
     */
    public static void write(Source source, OutputStream out) throws IOException {
        CsvTable table = new CsvTable(out);
        source.read(table::addColumns);
        table.writeHeader();
        source.read(table::writeRow);
    }

    private void addColumns(byte[] json) throws IOException {
        StoredJson.read(json, (name, value) -> {
            columns.putIfAbsent(name, columns.size());
            value.skipChildren();
            return true;
        });
        if (columns.size() > MOST_COLUMNS) {
            throw new IOException(
                    "the reports have more than " + MOST_COLUMNS + " keys, too many for a table; jsonl takes them all");
        }
    }

    private void writeHeader() throws IOException {
        write(columns.keySet().stream().map(Cells::text).toArray(String[]::new));
    }

    private void writeRow(byte[] json) throws IOException {
        String[] cells = new String[columns.size()];
        Arrays.fill(cells, "");
        boolean[] known = {true};
        StoredJson.read(json, (name, value) -> {
            Integer column = columns.get(name);
            if (column == null) {
                known[0] = false;
                return false;
            }
            cells[column] = cell(value);
            return true;
        });
        if (!known[0]) {
            throw new IOException("reports were imported meanwhile, start again");
        }
        write(cells);
    }

    private void write(String[] cells) throws IOException {
        out.write((String.join(",", cells) + "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    private static String cell(JsonParser value) {
        return switch (value.currentToken()) {
            case VALUE_NULL -> "";
            case VALUE_TRUE, VALUE_FALSE, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> value.getString();
            case VALUE_STRING -> Cells.text(value.getString());
            default -> Cells.text(json(value));
        };
    }

    private static String json(JsonParser value) {
        StringWriter text = new StringWriter();
        try (JsonGenerator to = StoredJson.writer(text)) {
            StoredJson.copy(value, to);
        }
        return text.toString();
    }
}
