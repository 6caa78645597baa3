package org.usagestats.query;

import java.io.StringWriter;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.usagestats.sink.Filter;
import org.usagestats.sink.Order;
import org.usagestats.sink.Query;
import org.usagestats.sink.Rows;
import org.usagestats.sink.Selection;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;

/** Writes a question in its normal form: what is as it is by default is left out, and a period has its bounds. */
public final class QueryJson {

    private QueryJson() {}

    /**
     * Writes a question.
     *
     * @param query the question
     * @return a JSON object on one line, which {@link QuestionReader#fromJson} reads as the same
     *     {@link QuestionKind#QUERY}
     */
    public static String write(Query query) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = Tree.JSON.createGenerator(ObjectWriteContext.empty(), text)) {
            write(query, out);
        }
        return text.toString();
    }

    static void write(Query query, JsonGenerator out) {
        out.writeStartObject();
        strings("group_by", query.groupBy().stream().map(Spelling::of).toList(), out);
        strings("metrics", query.metrics().stream().map(Spelling::of).toList(), out);
        if (query.values() == Query.Values.TEXT) {
            out.writeStringProperty("values", Words.of(query.values()));
        }
        write(query.selection(), out);
        write(query.rows(), out);
        query.rows()
                .after()
                .ifPresent(row -> out.writeStringProperty(
                        "after",
                        PageCursor.text(row, query.columns(), query.rows().order())));
        out.writeEndObject();
    }

    private static void write(Selection selection, JsonGenerator out) {
        if (!selection.filter().equals(Filter.ALL)) {
            out.writeName("filter");
            write(selection.filter(), out);
        }
        selection.from().ifPresent(from -> out.writeStringProperty("from", from.toString()));
        selection.to().ifPresent(to -> out.writeStringProperty("to", to.toString()));
        if (!selection.zone().equals(ZoneOffset.UTC)) {
            out.writeStringProperty("tz", name(selection.zone()));
        }
        if (selection.clock() != Selection.Clock.RECEIVED) {
            out.writeStringProperty("clock", Words.of(selection.clock()));
        }
        selection.newest().ifPresent(reports -> out.writeNumberProperty("last", reports));
    }

    static String name(ZoneId zone) {
        return zone.equals(ZoneOffset.UTC) ? "UTC" : zone.getId();
    }

    private static void write(Rows rows, JsonGenerator out) {
        rows.top().ifPresent(groups -> out.writeNumberProperty("top", groups));
        if (rows.rest() != Rows.Rest.OTHER) {
            out.writeBooleanProperty("other", false);
        }
        if (rows.minCount() > 1) {
            out.writeNumberProperty("min_count", rows.minCount());
        }
        if (rows.fill() != Rows.Fill.NONE) {
            out.writeStringProperty("fill", Words.of(rows.fill()));
        }
        if (!rows.order().isEmpty()) {
            strings("order", rows.order().stream().map(QueryJson::column).toList(), out);
        }
        rows.limit().ifPresent(limit -> out.writeNumberProperty("limit", limit));
        if (rows.privacyFloor() > 1) {
            out.writeNumberProperty("k", rows.privacyFloor());
        }
    }

    private static String column(Order by) {
        return (by.direction() == Order.Direction.DESCENDING ? "-" : "") + Spelling.column(by.column());
    }

    private static void write(Filter filter, JsonGenerator out) {
        out.writeStartObject();
        if (filter instanceof Filter.Test test) {
            write(test, out);
        } else if (filter instanceof Filter.Every every) {
            filters("and", every.filters(), out);
        } else if (filter instanceof Filter.Any any) {
            filters("or", any.filters(), out);
        } else if (filter instanceof Filter.Not not) {
            out.writeName("not");
            write(not.filter(), out);
        }
        out.writeEndObject();
    }

    private static void write(Filter.Test test, JsonGenerator out) {
        out.writeStringProperty("field", Spelling.of(test.subject()));
        out.writeStringProperty("op", test.operator().toString());
        Optional<String> only =
                test.operands().size() == 1 ? Optional.of(test.operands().get(0)) : Optional.empty();
        if (only.isPresent()) {
            out.writeStringProperty("value", only.get());
        } else {
            strings("values", test.operands(), out);
        }
    }

    private static void filters(String form, List<Filter> filters, JsonGenerator out) {
        out.writeName(form);
        out.writeStartArray();
        filters.forEach(filter -> write(filter, out));
        out.writeEndArray();
    }

    private static void strings(String name, List<String> texts, JsonGenerator out) {
        out.writeName(name);
        out.writeStartArray();
        texts.forEach(out::writeString);
        out.writeEndArray();
    }
}
