package org.usagestats.sink.kit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.usagestats.sink.Query;
import org.usagestats.sink.QueryResult;

class PlainEvaluationTest {

    @Test
    void countsEachCombinationOfValuesHighestFirstThenByValue() {
        QueryResult result = evaluate(
                Query.count("version", "system"),
                "{\"version\":\"2\",\"system\":\"b\"}",
                "{\"version\":\"1\",\"system\":\"b\"}",
                "{\"version\":\"1\",\"system\":\"a\"}",
                "{\"version\":2,\"system\":\"b\"}",
                "{\"version\":\"3\"}");

        assertThat(result)
                .isEqualTo(new QueryResult(
                        List.of("version", "system", "count"),
                        List.of(List.of("2", "b", 2L), List.of("1", "a", 1L), List.of("1", "b", 1L)),
                        5,
                        4,
                        1,
                        0));
    }

    @Test
    void withoutADimensionThereIsOneRowEvenOverNothing() {
        assertThat(evaluate(Query.count()).rows()).containsExactly(List.of(0L));
        assertThat(evaluate(Query.count(), "{}", "{\"a\":1}"))
                .isEqualTo(new QueryResult(List.of("count"), List.of(List.of(2L)), 2, 2, 0, 0));
    }

    @Test
    void withADimensionOverNothingThereIsNoRow() {
        assertThat(evaluate(Query.count("a"))).isEqualTo(new QueryResult(List.of("a", "count"), List.of(), 0, 0, 0, 0));
    }

    @Test
    void oneIdCountsOnce() {
        String id = "\"report_id\":\"" + new UUID(1, 2) + "\"";

        QueryResult result = evaluate(
                Query.count("a"),
                "{" + id + ",\"a\":1}",
                "{" + id + ",\"a\":2}",
                "{\"report_id\":\"" + new UUID(0, 0) + "\",\"a\":3}",
                "{\"report_id\":\"" + new UUID(0, 0) + "\",\"a\":3}",
                "{\"report_id\":\"no id\",\"a\":4}",
                "{\"report_id\":\"no id\",\"a\":4}");

        assertThat(result.rows()).containsExactly(List.of("4", 2L), List.of("1", 1L), List.of("3", 1L));
        assertThat(result.examined()).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "1",
                "{",
                "{\"a\":}",
                "{\"a\":1}}",
                "{\"a\":1}{}",
                "{\"a\":NaN}",
                "{\"a\":01}",
                "{'a':1}",
                "{\"a\":\"\n\"}",
                "\u0000\u0000"
            })
    void whatIsNoObjectIsDamagedAndStopsNothing(String record) {
        QueryResult result = evaluate(Query.count("a"), record, "{\"a\":1}");

        assertThat(result.damaged()).isEqualTo(1);
        assertThat(result.rows()).containsExactly(List.of("1", 1L));
        assertThat(result.examined()).isEqualTo(1);
    }

    @Test
    void invalidUtf8IsDamaged() {
        PlainEvaluation evaluation = new PlainEvaluation(Query.count("a"));
        evaluation.add(new byte[] {'{', '"', 'a', '"', ':', '"', (byte) 0xC3, '"', '}'});
        evaluation.damaged(2);

        assertThat(evaluation.result().damaged()).isEqualTo(3);
    }

    @Test
    void hostileDepthIsDamagedAndDepthWithinReasonIsRead() {
        String deep = "[".repeat(200_000) + "]".repeat(200_000);
        String allowed = "[".repeat(499) + "]".repeat(499);

        QueryResult result = evaluate(Query.count("a"), "{\"a\":" + deep + "}", "{\"a\":" + allowed + "}");

        assertThat(result.damaged()).isEqualTo(1);
        assertThat(result.rows()).containsExactly(List.of(allowed, 1L));
    }

    @Test
    void longNamesNumbersAndStringsAreRead() {
        String name = "n".repeat(200_000);
        String number = "9".repeat(200_000);

        QueryResult result =
                evaluate(Query.count(name, "s"), "{\"" + name + "\":" + number + ",\"s\":\"" + name + "\"}");

        assertThat(result.rows()).containsExactly(List.of(number, name, 1L));
    }

    @Test
    void newestReportsAreChosenByTheTimeOfReceiptThenByArrival() {
        QueryResult result = evaluate(
                Query.count("a").overNewest(3),
                "{\"server_time\":\"2026-11-22T12:00:00.009Z\",\"a\":\"newest\"}",
                "{\"server_time\":\"2026-11-22T12:00:00.001Z\",\"a\":\"first of its time\"}",
                "{\"server_time\":\"2026-11-22T12:00:00.001Z\",\"a\":\"last of its time\"}",
                "{\"server_time\":\"2026-11-22T12:00:00.000Z\",\"a\":\"old\"}",
                "{\"server_time\":\"2026-11-22T12:00:00.008Z\"}",
                "{\"server_time\":\"yesterday\",\"a\":\"no time\"}",
                "{\"a\":\"no time\"}");

        assertThat(result.rows()).containsExactly(List.of("last of its time", 1L), List.of("newest", 1L));
        assertThat(result.examined()).isEqualTo(3);
        assertThat(result.withoutPath()).isEqualTo(1);
    }

    @Test
    void recordIsReadWithinALargerArray() {
        byte[] file = "{\"a\":1}\n{\"a\":2}\n".getBytes(UTF_8);
        PlainEvaluation evaluation = new PlainEvaluation(Query.count("a"));
        evaluation.add(file, 8, 7);

        assertThat(evaluation.result().rows()).containsExactly(List.of("2", 1L));
    }

    private static QueryResult evaluate(Query query, String... records) {
        PlainEvaluation evaluation = new PlainEvaluation(query);
        for (String record : records) {
            evaluation.add(record.getBytes(UTF_8));
        }
        return evaluation.result();
    }
}
