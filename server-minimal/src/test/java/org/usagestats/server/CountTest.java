package org.usagestats.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.usagestats.sink.Dimension;
import org.usagestats.sink.Outcome;
import org.usagestats.sink.Query;
import org.usagestats.sink.QueryLimits;
import org.usagestats.sink.QueryResult;
import org.usagestats.sink.QueryableSink;
import org.usagestats.sink.ReceivedReport;
import org.usagestats.sink.SeenField;
import org.usagestats.sink.Value;

/** The question that an address asks, and how its answer is written. */
class CountTest {

    private final ScriptedSink sink = new ScriptedSink();
    private Collector collector;

    @BeforeEach
    void start() throws IOException {
        collector = Collector.builder().sink(sink).start();
    }

    @AfterEach
    void stop() throws IOException {
        collector.close();
    }

    @Test
    void asks_for_the_paths_and_the_newest() throws IOException {
        get("/v1/count?group_by=python%24version_info$0,%20uname.release&limit=12&group_by=c+d");

        assertThat(sink.asked.groupBy())
                .extracting(Dimension::name)
                .containsExactly("python$version_info$0", "uname.release", "c d");
        assertThat(sink.asked.selection().newest()).hasValue(12);
    }

    @ParameterizedTest
    @CsvSource({"/v1/count", "/v1/count?", "/v1/count?limit=0", "/v1/count?group_by=", "/v1/count?&group_by=%20&"})
    void asks_for_the_total_when_nothing_is_named(String target) throws IOException {
        assertThat(get(target).status()).isEqualTo(200);
        assertThat(sink.asked.groupBy()).isEmpty();
        assertThat(sink.asked.selection().newest()).isEmpty();
    }

    @Test
    void questions_are_counted_when_they_are_answered() throws IOException {
        get("/v1/count?group_by=os");
        get("/v1/count?limit=nonsense");
        get("/v1/download/import");

        assertThat(PrometheusText.samples(get("/metrics").body())).containsEntry("usagestats_queries_total", 1.0);
    }

    @Test
    void writes_counts_as_python_analytics_does() throws IOException {
        sink.answer = answer(new QueryResult.Coverage(12, 9, 3, 1), row(7, "Linux"), row(2, "BeOS"));

        Reply reply = get("/v1/count?group_by=os");
        assertThat(reply.header("Content-Type")).contains("application/json");
        assertThat(reply.header("Cache-Control")).contains("no-store");
        assertThat(reply.header("X-Content-Type-Options")).contains("nosniff");
        assertThat(reply.body()).isEqualTo("""
                        {
                          "counts": {
                            "BeOS": 2,
                            "Linux": 7
                          },
                          "error_count": 4,
                          "grouped_by": "os",
                          "grouped_key_count": 2,
                          "matched_count": 9,
                          "record_count": 12
                        }
                        """);
    }

    @Test
    void writes_the_total_without_groups() throws IOException {
        sink.answer = answer(new QueryResult.Coverage(12, 12, 0, 0), row(12));

        assertThat(get("/v1/count").body()).isEqualTo("""
                        {
                          "counts": {},
                          "error_count": 0,
                          "grouped_by": null,
                          "grouped_key_count": 0,
                          "matched_count": 12,
                          "record_count": 12
                        }
                        """);
    }

    @Test
    void nests_counts_over_several_paths() throws IOException {
        sink.answer = answer(
                new QueryResult.Coverage(8, 8, 0, 0), row(5, "Linux", "2"), row(2, "BeOS", "1"), row(1, "Linux", "1"));

        assertThat(get("/v1/count?group_by=os,v").body()).isEqualTo("""
                        {
                          "counts": {
                            "BeOS": {
                              "1": 2
                            },
                            "Linux": {
                              "1": 1,
                              "2": 5
                            }
                          },
                          "error_count": 0,
                          "grouped_by": [
                            "os",
                            "v"
                          ],
                          "grouped_key_count": 3,
                          "matched_count": 8,
                          "record_count": 8
                        }
                        """);
    }

    @Test
    void writes_any_text_as_a_key() throws IOException {
        sink.answer = answer(new QueryResult.Coverage(1, 1, 0, 0), row(1, "Zoë \uD83D\uDE00 \"\\\n\uD800"));

        assertThat(get("/v1/count?group_by=x").body()).contains("\"Zoë \uD83D\uDE00 \\\"\\\\\\n\\ud800\": 1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "limit=-1 | invalid limit \\\"-1\\\": limit is the number of newest reports to count, 0 for all",
                "limit=ten | invalid limit \\\"ten\\\"",
                "limit= | invalid limit",
                "limit=9999999999999999999 | invalid limit",
                "limit=5&limit=0 | limit is given more than once",
                "groupby=os | unknown parameter \\\"groupby\\\": there are group_by and limit",
                "group_by=os&format=html | unknown parameter \\\"format\\\"",
                "group_by=a,,b | empty path in group_by",
                "group_by=a, | empty path in group_by",
                "=x | a parameter has no name",
            })
    void refuses_a_question_it_does_not_understand(String parameters, String words) throws IOException {
        Reply reply = get("/v1/count?" + parameters);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.header("Content-Type")).contains("application/problem+json");
        assertThat(reply.body().lines()).singleElement().asString().contains(words);
        assertThat(sink.asked).isNull();
    }

    @Test
    void says_so_when_the_reports_cannot_be_read_or_the_sink_is_broken() throws IOException {
        sink.failure = new IOException("the disk is on fire");
        assertThat(get("/v1/count").status()).isEqualTo(503);

        sink.failure = null;
        sink.answer = null;
        Reply broken = get("/v1/count");
        assertThat(broken.status()).isEqualTo(500);
        assertThat(broken.body()).contains("its log says why").doesNotContain("NullPointer");
    }

    @Test
    void says_so_when_the_sink_cannot_count() throws IOException {
        try (Collector other = Collector.builder().sink(new ListSink()).start()) {
            Reply reply = Reply.to(other.address(), Requests.get("/v1/count"));
            assertThat(reply.status()).isEqualTo(422);
            assertThat(reply.body()).contains("this sink cannot count");
        }
    }

    @Test
    void answers_head_without_a_body() throws IOException {
        Reply reply = Reply.to(
                collector.address(), "HEAD /v1/count HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).isEmpty();
    }

    private Reply get(String target) throws IOException {
        return Reply.to(collector.address(), Requests.get(target));
    }

    /** What a sink answers; the endpoint takes the names of the columns from the question. */
    private static QueryResult answer(QueryResult.Coverage coverage, QueryResult.Row... rows) {
        long groups = Stream.of(rows).filter(row -> !row.values().isEmpty()).count();
        return new QueryResult(
                List.of(), List.of(rows), coverage, new QueryResult.Groups(groups, 0, 0, 0, Optional.empty()));
    }

    private static QueryResult.Row row(long count, String... values) {
        return new QueryResult.Row(Stream.of(values).map(Value::string).toList(), List.of(count));
    }

    /** Answers every question as it was told, and remembers the last. */
    private static final class ScriptedSink implements QueryableSink {

        private Query asked;
        private IOException failure;
        private QueryResult answer = CountTest.answer(new QueryResult.Coverage(0, 0, 0, 0));

        @Override
        public QueryResult query(Query query, QueryLimits limits) throws IOException {
            asked = query;
            if (failure != null) {
                throw failure;
            }
            return answer;
        }

        @Override
        public List<SeenField> fields(QueryLimits limits) {
            return List.of();
        }

        @Override
        public List<Outcome> append(List<ReceivedReport> reports) {
            List<Outcome> outcomes = new ArrayList<>();
            reports.forEach(report -> outcomes.add(Outcome.STORED));
            return outcomes;
        }

        @Override
        public void close() {}
    }
}
