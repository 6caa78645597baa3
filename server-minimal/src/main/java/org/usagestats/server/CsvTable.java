package org.usagestats.server;

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
final class CsvTable {

    private static final int MOST_COLUMNS = 10_000;

    private final Map<String, Integer> columns = new LinkedHashMap<>();
    private final OutputStream out;

    CsvTable(OutputStream out) {
        this.out = out;
    }

    /**
     * Adds the keys of a report.
     *
     * @throws IOException if there are too many in all
     */
    void addColumns(byte[] json) throws IOException {
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

    void writeHeader() throws IOException {
        write(columns.keySet().stream().map(Cells::text).toArray(String[]::new));
    }

    /**
     * Writes a report, all of whose keys were added.
     *
     * @throws IOException if they were not
     */
    void writeRow(byte[] json) throws IOException {
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
