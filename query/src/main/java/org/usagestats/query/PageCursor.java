package org.usagestats.query;

import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.zip.CRC32;
import org.usagestats.sink.Order;
import org.usagestats.sink.QueryResult;
import org.usagestats.sink.Value;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;

/**
 * The last row of a page as the word by which the next page is asked for. It names the columns and their order by a
 * checksum, so that it is not taken for another question's.
 */
final class PageCursor {

    private static final JsonFactory ASCII =
            JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private PageCursor() {}

    static String text(QueryResult.Row row, List<String> columns, List<Order> order) {
        StringWriter json = new StringWriter();
        try (JsonGenerator out = ASCII.createGenerator(ObjectWriteContext.empty(), json)) {
            out.writeStartArray();
            out.writeNumber(checksum(columns, order));
            for (Value value : row.values()) {
                out.writeString(Words.of(value.kind()));
                out.writeString(value.text());
            }
            for (Number metric : row.metrics()) {
                if (metric instanceof Long whole) {
                    out.writeNumber(whole);
                } else {
                    out.writeString(metric.toString());
                }
            }
            out.writeEndArray();
        }
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(json.toString().getBytes(StandardCharsets.US_ASCII));
    }

    /** Reads the row of a question with these columns, of which the dimensions come first. */
    static QueryResult.Row row(String text, List<String> columns, List<Order> order) throws Mistake {
        Mistake foreign = new Mistake(
                "it is next of the page before, for the same group_by, metrics and order, and given as it is");
        List<String> parts = parts(text, foreign);
        int dimensions = parts.size() - 1 - columns.size();
        if (dimensions < 0
                || dimensions > columns.size()
                || !parts.get(0).equals(Long.toString(checksum(columns, order)))) {
            throw foreign;
        }
        List<Value> values = new ArrayList<>();
        for (int i = 0; i < dimensions; i++) {
            values.add(new Value(Words.read(Value.Kind.class, parts.get(1 + 2 * i)), parts.get(2 + 2 * i)));
        }
        List<Number> metrics = new ArrayList<>();
        for (String metric : parts.subList(1 + 2 * dimensions, parts.size())) {
            metrics.add(number(metric, foreign));
        }
        return new QueryResult.Row(values, metrics);
    }

    private static List<String> parts(String text, Mistake foreign) throws Mistake {
        try {
            byte[] json = Base64.getUrlDecoder().decode(text);
            if (!(Tree.read(new String(json, StandardCharsets.US_ASCII)) instanceof Tree.Items array)) {
                throw foreign;
            }
            List<String> parts = new ArrayList<>();
            for (Tree item : array.items()) {
                parts.add(FilterTree.text(item).orElseThrow(() -> foreign));
            }
            return parts;
        } catch (IllegalArgumentException notBase64) {
            throw foreign;
        }
    }

    /** A count is written without a fraction, and any other number with one. */
    private static Number number(String text, Mistake foreign) throws Mistake {
        try {
            if (text.matches("-?[0-9]+")) {
                return Long.valueOf(text);
            }
            return Double.valueOf(text);
        } catch (NumberFormatException neither) {
            throw foreign;
        }
    }

    private static long checksum(List<String> columns, List<Order> order) {
        CRC32 checksum = new CRC32();
        checksum.update((columns + "\n" + order).getBytes(StandardCharsets.UTF_8));
        return checksum.getValue();
    }
}
