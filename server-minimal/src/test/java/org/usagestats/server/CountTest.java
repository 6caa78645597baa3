package org.usagestats.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.usagestats.sink.Dimension;
import org.usagestats.sink.QueryResult;

/** The question that an address asks, and how its answer is written. */
class CountTest {

    private final ScriptedSink sink = new ScriptedSink();

    @RegisterExtension
    private final RunningCollector collector = new RunningCollector(sink);

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
        sink.answer = ScriptedSink.answer(
                new QueryResult.Coverage(12, 9, 3, 1), ScriptedSink.row(7, "Linux"), ScriptedSink.row(2, "BeOS"));

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
                          "meta": {
                            "from": null,
                            "to": null,
                            "warnings": []
                          },
                          "other_count": 0,
                          "record_count": 12,
                          "suppressed": {
                            "keys": 0
                          }
                        }
                        """);
    }

    @Test
    void writes_the_total_without_groups() throws IOException {
        sink.answer = ScriptedSink.answer(new QueryResult.Coverage(12, 12, 0, 0), ScriptedSink.row(12));

        assertThat(get("/v1/count").body()).isEqualTo("""
                        {
                          "counts": {},
                          "error_count": 0,
                          "grouped_by": null,
                          "grouped_key_count": 0,
                          "matched_count": 12,
                          "meta": {
                            "from": null,
                            "to": null,
                            "warnings": []
                          },
                          "other_count": 0,
                          "record_count": 12,
                          "suppressed": {
                            "keys": 0
                          }
                        }
                        """);
    }

    @Test
    void nests_counts_over_several_paths() throws IOException {
        sink.answer = ScriptedSink.answer(
                new QueryResult.Coverage(8, 8, 0, 0),
                ScriptedSink.row(5, "Linux", "2"),
                ScriptedSink.row(2, "BeOS", "1"),
                ScriptedSink.row(1, "Linux", "1"));

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
                          "meta": {
                            "from": null,
                            "to": null,
                            "warnings": []
                          },
                          "other_count": 0,
                          "record_count": 8,
                          "suppressed": {
                            "keys": 0
                          }
                        }
                        """);
    }

    @Test
    void writes_any_text_as_a_key() throws IOException {
        sink.answer = ScriptedSink.answer(
                new QueryResult.Coverage(1, 1, 0, 0), ScriptedSink.row(1, "Zoë \uD83D\uDE00 \"\\\n\uD800"));

        assertThat(get("/v1/count?group_by=x").body()).contains("\"Zoë \uD83D\uDE00 \\\"\\\\\\n\\ud800\": 1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "limit=-1 | limit: it is a whole number from 0 to",
                "limit=ten | limit: it is a whole number, not \\\"ten\\\"",
                "limit= | limit: it is a whole number",
                "limit=9999999999999999999 | limit: it is a whole number",
                "limit=5&limit=0 | limit: it is given more than once",
                "limit=5&last=5 | limit: here it is the same as last",
                "groupby=os | did you mean group_by?",
                "os=eq.Linux | did you mean f.os?",
                "group_by=os&format=html | format: \\\"html\\\" is none of json, csv, ndjson, table",
                "group_by=a,,b | group_by: a path is missing, at character 3",
                "group_by=a, | group_by: a path is missing",
                "=x | a parameter has no name",
                "metrics=sum(a) | metrics: it is no parameter",
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
}
