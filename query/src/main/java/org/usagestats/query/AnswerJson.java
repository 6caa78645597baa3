package org.usagestats.query;

import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import org.usagestats.sink.Dimension;
import org.usagestats.sink.Metric;
import org.usagestats.sink.Query;
import org.usagestats.sink.QueryResult;
import org.usagestats.sink.Selection;
import org.usagestats.sink.Span;
import org.usagestats.sink.Value;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;

/** Writes answers as JSON. Values keep their types, and a metric without a number is {@code null}. */
final class AnswerJson {

    private final QueryAnswer answer;
    private final Query query;
    private final QueryResult result;
    private final JsonGenerator out;

    private AnswerJson(QueryAnswer answer, JsonGenerator out) {
        this.answer = answer;
        this.query = answer.query();
        this.result = answer.result();
        this.out = out;
    }

    /** All that is known, as one object. */
    static String object(QueryAnswer answer) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = Tree.JSON.createGenerator(ObjectWriteContext.empty(), text)) {
            new AnswerJson(answer, out).writeObject();
        }
        return text.append('\n').toString();
    }

    /** The rows, as an object each. */
    static String lines(QueryAnswer answer) {
        StringWriter text = new StringWriter();
        for (QueryResult.Row row : answer.result().rows()) {
            try (JsonGenerator out = Tree.JSON.createGenerator(ObjectWriteContext.empty(), text)) {
                new AnswerJson(answer, out).writeLine(row);
            }
            text.append('\n');
        }
        return text.toString();
    }

    private void writeObject() {
        out.writeStartObject();
        out.writeName("columns");
        out.writeStartArray();
        query.groupBy().forEach(this::writeColumn);
        query.metrics().forEach(this::writeColumn);
        out.writeEndArray();
        out.writeName("rows");
        out.writeStartArray();
        result.rows().forEach(this::writeRow);
        out.writeEndArray();
        writeCounts();
        writeMeta();
        out.writeName("query");
        QueryJson.write(query, out);
        writeOptional("next", answer.next());
        out.writeEndObject();
    }

    private void writeColumn(Dimension dimension) {
        out.writeStartObject();
        out.writeStringProperty("name", dimension.name());
        out.writeStringProperty("role", "dimension");
        out.writeStringProperty("type", type(dimension));
        out.writeEndObject();
    }

    private void writeColumn(Metric metric) {
        boolean whole = metric instanceof Metric.Count || metric instanceof Metric.Distinct;
        out.writeStartObject();
        out.writeStringProperty("name", metric.name());
        out.writeStringProperty("role", "metric");
        out.writeStringProperty("type", whole ? "integer" : "number");
        out.writeBooleanProperty("approximate", false);
        out.writeEndObject();
    }

    private static String type(Dimension dimension) {
        if (dimension instanceof Dimension.Time time) {
            return type(time.span());
        }
        if (dimension instanceof Dimension.First first) {
            return type(first.span());
        }
        if (dimension instanceof Dimension.Age) {
            return "integer";
        }
        if (dimension instanceof Dimension.Bin || dimension instanceof Dimension.Log2) {
            return "number";
        }
        return dimension instanceof Dimension.Field || dimension instanceof Dimension.Coalesce ? "any" : "string";
    }

    private static String type(Span span) {
        return span.compareTo(Span.DAY) < 0 ? "time" : "date";
    }

    private void writeRow(QueryResult.Row row) {
        out.writeStartArray();
        row.values().forEach(this::writeValue);
        row.metrics().forEach(this::writeNumber);
        out.writeEndArray();
    }

    private void writeLine(QueryResult.Row row) {
        List<String> columns = query.columns();
        int column = 0;
        out.writeStartObject();
        for (Value value : row.values()) {
            out.writeName(columns.get(column++));
            writeValue(value);
        }
        for (Number metric : row.metrics()) {
            out.writeName(columns.get(column++));
            writeNumber(metric);
        }
        out.writeEndObject();
    }

    private void writeValue(Value value) {
        switch (value.kind()) {
            case STRING -> out.writeString(value.text());
            case OTHER -> {
                out.writeStartObject();
                out.writeBooleanProperty("other", true);
                out.writeEndObject();
            }
            default -> out.writeRawValue(value.text());
        }
    }

    private void writeNumber(Number number) {
        if (number instanceof Long whole) {
            out.writeNumber(whole);
        } else if (Double.isFinite(number.doubleValue())) {
            out.writeNumber(number.doubleValue());
        } else {
            out.writeNull();
        }
    }

    private void writeCounts() {
        QueryResult.Coverage coverage = result.coverage();
        QueryResult.Groups groups = result.groups();
        out.writeNumberProperty("record_count", coverage.examined());
        out.writeNumberProperty("matched_count", coverage.matched());
        out.writeNumberProperty("error_count", coverage.withoutPath() + coverage.damaged());
        out.writeNumberProperty("grouped_key_count", groups.all());
        out.writeName("grouped_by");
        out.writeStartArray();
        query.groupBy().forEach(dimension -> out.writeString(dimension.name()));
        out.writeEndArray();
        out.writeName("other");
        out.writeStartObject();
        out.writeNumberProperty("keys", groups.other());
        out.writeNumberProperty("records", groups.otherReports());
        out.writeEndObject();
        out.writeName("suppressed");
        out.writeStartObject();
        out.writeNumberProperty("k", query.rows().privacyFloor());
        out.writeNumberProperty("keys", groups.hidden());
        out.writeEndObject();
    }

    private void writeMeta() {
        Selection selection = query.selection();
        out.writeName("meta");
        out.writeStartObject();
        writeOptional("from", selection.from().map(Object::toString));
        writeOptional("to", selection.to().map(Object::toString));
        out.writeStringProperty("tz", QueryJson.name(selection.zone()));
        List<String> labels = TimeLabels.of(query, result);
        if (!labels.isEmpty()) {
            out.writeName("time_labels");
            out.writeStartArray();
            labels.forEach(out::writeString);
            out.writeEndArray();
        }
        out.writeStringProperty("complete_until", answer.asked().toString());
        out.writeName("warnings");
        out.writeStartArray();
        answer.warnings().forEach(this::writeWarning);
        out.writeEndArray();
        out.writeNumberProperty("elapsed_ms", answer.took().toMillis());
        out.writeEndObject();
    }

    private void writeWarning(QueryAnswer.Warning warning) {
        out.writeStartObject();
        out.writeStringProperty("code", warning.code());
        out.writeStringProperty("detail", warning.detail());
        if (!warning.hint().isEmpty()) {
            out.writeStringProperty("did_you_mean", warning.hint());
        }
        out.writeEndObject();
    }

    private void writeOptional(String name, Optional<String> text) {
        out.writeName(name);
        if (text.isPresent()) {
            out.writeString(text.get());
        } else {
            out.writeNull();
        }
    }
}
