package org.usagestats.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.usagestats.sink.Query;
import org.usagestats.sink.QueryResult;
import org.usagestats.sink.Value;

/** How answers are written. */
class AnswerFormatTest {

    private static final Instant NOW = Instant.parse("2026-11-22T11:30:00Z");

    @Test
    void values_keep_their_types_and_what_is_no_number_is_null() throws QuestionException {
        QueryAnswer answer = answer(
                "group_by=a&metrics=count,avg(b)",
                row(List.of(new Value(Value.Kind.NULL, "null")), 1L, 0.5),
                row(List.of(Value.number("1.50")), 1L, Double.NaN),
                row(List.of(Value.string("1.50")), 1L, Double.POSITIVE_INFINITY),
                row(List.of(new Value(Value.Kind.BOOLEAN, "true")), 1L, 1e-7),
                row(List.of(new Value(Value.Kind.JSON, "{\"x\":[1]}")), 1L, -2.0),
                row(List.of(Value.OTHER), 1L, 1e10));

        assertThat(AnswerFormat.JSON.write(answer))
                .contains("\"rows\":[[null,1,0.5],[1.50,1,null],[\"1.50\",1,null],[true,1,1.0E-7],"
                        + "[{\"x\":[1]},1,-2.0],[{\"other\":true},1,1.0E10]]");
        assertThat(AnswerFormat.NDJSON.write(answer).lines())
                .hasSize(6)
                .element(5)
                .isEqualTo("{\"a\":{\"other\":true},\"count\":1,\"avg(b)\":1.0E10}");
        assertThat(AnswerFormat.CSV.write(answer))
                .isEqualTo("\"a\",\"count\",\"avg(b)\"\r\n,1,0.5\r\n1.50,1,\r\n\"1.50\",1,\r\ntrue,1,0.0000001\r\n"
                        + "\"{\"\"x\"\":[1]}\",1,-2\r\n\"(other)\",1,10000000000\r\n");
        assertThat(AnswerFormat.TABLE.write(answer)).isEqualTo("""
                a          count       avg(b)
                null           1          0.5
                1.50           1
                1.50           1
                true           1    0.0000001
                {"x":[1]}      1           -2
                (other)        1  10000000000
                """);
    }

    @Test
    void a_text_cannot_break_out_of_its_cell() throws QuestionException {
        QueryAnswer answer = answer(
                "group_by=a",
                row(List.of(Value.string("=1+2")), 1L),
                row(List.of(Value.string("-5")), 1L),
                row(List.of(Value.string("a\"b\r\n\u001B[31m\u202E")), 1L),
                row(List.of(Value.string("é".repeat(70))), 1L));

        assertThat(AnswerFormat.CSV.write(answer))
                .startsWith("\"a\",\"count\"\r\n\"'=1+2\",1\r\n\"-5\",1\r\n\"a\"\"b\r\n\u001B[31m\u202E\",1\r\n");
        assertThat(AnswerFormat.TABLE.write(answer))
                .contains("\na\"b\\u000d\\u000a\\u001b[31m\\u202e ", "é".repeat(60) + "…  ")
                .doesNotContain("\u001B", "\u202E", "é".repeat(61));
        assertThat(AnswerFormat.NDJSON.write(answer).lines()).hasSize(4);
    }

    @Test
    void the_spans_of_an_axis_are_named_with_those_that_have_no_row() throws QuestionException {
        QueryResult.Row day = row(List.of(Value.string("2026-03-28")), 1L);
        QueryResult.Row later = row(List.of(Value.string("2026-03-31")), 1L);

        assertThat(json("group_by=time:day&tz=Europe/Berlin", later, day))
                .contains("\"time_labels\":[\"2026-03-28\",\"2026-03-29\",\"2026-03-30\",\"2026-03-31\"]");
        assertThat(json("group_by=time:week&from=2026-03-20&to=2026-04-06", day))
                .contains("\"time_labels\":[\"2026-03-16\",\"2026-03-23\",\"2026-03-30\"]");
        assertThat(json("group_by=time:hour&tz=Europe/Berlin&from=2026-03-29&to=2026-03-29T04:00:00%2B02:00"))
                .contains(
                        "\"time_labels\":[\"2026-03-29T00:00+01:00\",\"2026-03-29T01:00+01:00\",\"2026-03-29T03:00+02:00\"]");
        assertThat(json("group_by=time:day")).doesNotContain("time_labels");
        assertThat(json("group_by=time:minute&from=2026-01-01&to=2026-12-01")).doesNotContain("time_labels");
        assertThat(json("group_by=a", row(List.of(Value.string("x")), 1L))).doesNotContain("time_labels");
    }

    private static String json(String question, QueryResult.Row... rows) throws QuestionException {
        return AnswerFormat.JSON.write(answer(question, rows));
    }

    private static QueryAnswer answer(String question, QueryResult.Row... rows) throws QuestionException {
        Query query = new QuestionReader(QuestionKind.QUERY, NOW)
                .fromAddress(question)
                .query();
        QueryResult result = new QueryResult(
                query.columns(),
                List.of(rows),
                new QueryResult.Coverage(9, 8, 1, 0),
                new QueryResult.Groups(rows.length, 0, 0, 0, Optional.empty()));
        return new QueryAnswer(query, result, NOW, Duration.ofMillis(3), List.of());
    }

    private static QueryResult.Row row(List<Value> values, Number... metrics) {
        return new QueryResult.Row(values, List.of(metrics));
    }
}
