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
import org.usagestats.sink.QueryTooLargeException;

class PlainEvaluationTest {

    @Test
    void countsEachCombinationOfValuesHighestFirstThenByValue() throws QueryTooLargeException {
        QueryResult result = evaluate(
                Query.count("version", "system"),
                "{\"version\":\"2\",\"system\":\"b\"}",
                "{\"version\":\"1\",\"system\":\"b\"}",
                "{\"version\":\"1\",\"system\":\"a\"}",
                "{\"version\":2,\"system\":\"b\"}",
                "{\"version\":\"3\"}");

        assertThat(result.columns()).containsExactly("version", "system", "count");
        assertThat(result.texts()).containsExactly(List.of("2", "b", 2L), List.of("1", "a", 1L), List.of("1", "b", 1L));
        assertThat(result.coverage()).isEqualTo(new QueryResult.Coverage(5, 4, 1, 0));
    }

    @Test
    void withoutADimensionThereIsOneRowEvenOverNothing() throws QueryTooLargeException {
        assertThat(evaluate(Query.count()).texts()).containsExactly(List.of(0L));
        QueryResult two = evaluate(Query.count(), "{}", "{\"a\":1}");
        assertThat(two.columns()).containsExactly("count");
        assertThat(two.texts()).containsExactly(List.of(2L));
        assertThat(two.coverage()).isEqualTo(new QueryResult.Coverage(2, 2, 0, 0));
    }

    @Test
    void withADimensionOverNothingThereIsNoRow() throws QueryTooLargeException {
        QueryResult nothing = evaluate(Query.count("a"));
        assertThat(nothing.columns()).containsExactly("a", "count");
        assertThat(nothing.rows()).isEmpty();
        assertThat(nothing.coverage()).isEqualTo(new QueryResult.Coverage(0, 0, 0, 0));
    }

    @Test
    void oneIdCountsOnce() throws QueryTooLargeException {
        String id = "\"report_id\":\"" + new UUID(1, 2) + "\"";

        QueryResult result = evaluate(
                Query.count("a"),
                "{" + id + ",\"a\":1}",
                "{" + id + ",\"a\":2}",
                "{\"report_id\":\"" + new UUID(0, 0) + "\",\"a\":3}",
                "{\"report_id\":\"" + new UUID(0, 0) + "\",\"a\":3}",
                "{\"report_id\":\"no id\",\"a\":4}",
                "{\"report_id\":\"no id\",\"a\":4}");

        assertThat(result.texts()).containsExactly(List.of("4", 2L), List.of("1", 1L), List.of("3", 1L));
        assertThat(result.coverage().examined()).isEqualTo(4);
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
    void whatIsNoObjectIsDamagedAndStopsNothing(String record) throws QueryTooLargeException {
        QueryResult result = evaluate(Query.count("a"), record, "{\"a\":1}");

        assertThat(result.coverage().damaged()).isEqualTo(1);
        assertThat(result.texts()).containsExactly(List.of("1", 1L));
        assertThat(result.coverage().examined()).isEqualTo(1);
    }

    @Test
    void invalidUtf8IsDamaged() throws QueryTooLargeException {
        PlainEvaluation evaluation = new PlainEvaluation(Query.count("a"));
        evaluation.add(new byte[] {'{', '"', 'a', '"', ':', '"', (byte) 0xC3, '"', '}'});
        evaluation.damaged(2);

        assertThat(evaluation.result().coverage().damaged()).isEqualTo(3);
    }

    @Test
    void hostileDepthIsDamagedAndDepthWithinReasonIsRead() throws QueryTooLargeException {
        String deep = "[".repeat(200_000) + "]".repeat(200_000);
        String allowed = "[".repeat(499) + "]".repeat(499);

        QueryResult result = evaluate(Query.count("a"), "{\"a\":" + deep + "}", "{\"a\":" + allowed + "}");

        assertThat(result.coverage().damaged()).isEqualTo(1);
        assertThat(result.texts()).containsExactly(List.of(allowed, 1L));
    }

    @Test
    void longNamesNumbersAndStringsAreRead() throws QueryTooLargeException {
        String name = "n".repeat(200_000);
        String number = "9".repeat(200_000);

        QueryResult result =
                evaluate(Query.count(name, "s"), "{\"" + name + "\":" + number + ",\"s\":\"" + name + "\"}");

        assertThat(result.texts()).containsExactly(List.of(number, name, 1L));
    }

    @Test
    void newestReportsAreChosenByTheTimeOfReceiptThenByArrival() throws QueryTooLargeException {
        QueryResult result = evaluate(
                Query.count("a").overNewest(3),
                "{\"server_time\":\"2026-11-22T12:00:00.009Z\",\"a\":\"newest\"}",
                "{\"server_time\":\"2026-11-22T12:00:00.001Z\",\"a\":\"first of its time\"}",
                "{\"server_time\":\"2026-11-22T12:00:00.001Z\",\"a\":\"last of its time\"}",
                "{\"server_time\":\"2026-11-22T12:00:00.000Z\",\"a\":\"old\"}",
                "{\"server_time\":\"2026-11-22T12:00:00.008Z\"}",
                "{\"server_time\":\"yesterday\",\"a\":\"no time\"}",
                "{\"a\":\"no time\"}");

        assertThat(result.texts()).containsExactly(List.of("last of its time", 1L), List.of("newest", 1L));
        assertThat(result.coverage().examined()).isEqualTo(3);
        assertThat(result.coverage().withoutPath()).isEqualTo(1);
    }

    @Test
    void recordIsReadWithinALargerArray() throws QueryTooLargeException {
        byte[] file = "{\"a\":1}\n{\"a\":2}\n".getBytes(UTF_8);
        PlainEvaluation evaluation = new PlainEvaluation(Query.count("a"));
        evaluation.add(file, 8, 7);

        assertThat(evaluation.result().texts()).containsExactly(List.of("2", 1L));
    }

    private static QueryResult evaluate(Query query, String... records) throws QueryTooLargeException {
        PlainEvaluation evaluation = new PlainEvaluation(query);
        for (String record : records) {
            evaluation.add(record.getBytes(UTF_8));
        }
        return evaluation.result();
    }
}
