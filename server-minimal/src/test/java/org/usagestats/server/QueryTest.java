package org.usagestats.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.usagestats.sink.Filter;
import org.usagestats.sink.QueryLimits;
import org.usagestats.sink.QueryResult;
import org.usagestats.sink.QueryTooLargeException;
import org.usagestats.sink.Value;

/** What is asked at {@code /v1/query} and beside it, and what comes back. */
class QueryTest {

    private static final QueryLimits LIMITS = new QueryLimits(Duration.ofSeconds(7), 12);

    private final ScriptedSink sink = new ScriptedSink();

    @RegisterExtension
    private final RunningCollector collector =
            new RunningCollector(Collector.builder().sink(sink).queryLimits(LIMITS));

    @BeforeEach
    void script() {
        sink.answer = ScriptedSink.answer(
                new QueryResult.Coverage(12, 9, 3, 1), ScriptedSink.row(7, "2.1"), ScriptedSink.row(2, "=2"));
    }

    @Test
    void an_answer_has_the_rows_what_they_are_made_of_and_the_question() throws IOException {
        Reply reply = get("/v1/query?group_by=semver(version,2)&f.os=eq.Linux&from=2026-03-01&to=2026-04-01");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Content-Type")).contains("application/json");
        assertThat(reply.body())
                .startsWith("{\"columns\":[{\"name\":\"semver(version,2)\",\"role\":\"dimension\",\"type\":\"string\"},"
                        + "{\"name\":\"count\",\"role\":\"metric\",\"type\":\"integer\",\"approximate\":false}],"
                        + "\"rows\":[[\"2.1\",7],[\"=2\",2]],\"record_count\":12,\"matched_count\":9,\"error_count\":4,"
                        + "\"grouped_key_count\":2,\"grouped_by\":[\"semver(version,2)\"],"
                        + "\"other\":{\"keys\":0,\"records\":0},\"suppressed\":{\"k\":1,\"keys\":0},"
                        + "\"meta\":{\"from\":\"2026-03-01T00:00:00Z\",\"to\":\"2026-04-01T00:00:00Z\",\"tz\":\"UTC\",")
                .endsWith("\"query\":{\"group_by\":[\"semver(version,2)\"],\"metrics\":[\"count\"],"
                        + "\"filter\":{\"field\":\"os\",\"op\":\"eq\",\"value\":\"Linux\"},"
                        + "\"from\":\"2026-03-01T00:00:00Z\",\"to\":\"2026-04-01T00:00:00Z\",\"limit\":10000},"
                        + "\"next\":null}\n");
    }

    @Test
    void the_question_that_an_answer_has_is_understood_by_post() throws IOException {
        get("/v1/query?group_by=semver(version,2),%22a,b%22&f.os=not.in.(Linux,%22a%22%22,%22)&period=12mo&k=3");
        var asked = sink.asked;
        String body =
                get("/v1/query?group_by=semver(version,2),%22a,b%22&f.os=not.in.(Linux,%22a%22%22,%22)&period=12mo&k=3")
                        .body();
        String question = body.substring(body.indexOf("\"query\":") + 8, body.lastIndexOf(",\"next\""));

        assertThat(post("/v1/query", question).status()).isEqualTo(200);
        assertThat(sink.asked).isEqualTo(asked);
        assertThat(asked.selection().filter()).isInstanceOf(Filter.Not.class);
        assertThat(asked.rows().privacyFloor()).isEqualTo(3);
    }

    @Test
    void the_limits_of_the_collector_hold() throws IOException {
        get("/v1/query?limit=999999999");

        assertThat(sink.limits).isEqualTo(LIMITS);
        assertThat(sink.asked.rows().limit()).hasValue(100_000);
    }

    @Test
    void a_question_that_takes_too_long_may_be_asked_again_and_one_of_too_many_groups_not() throws IOException {
        sink.failure = QueryTooLargeException.tooLong(LIMITS);
        Reply late = get("/v1/query");
        assertThat(late.status()).isEqualTo(503);
        assertThat(late.header("Retry-After")).isPresent();
        assertThat(late.body()).contains("the question takes longer than 7 s: ask about");

        sink.failure = QueryTooLargeException.tooManyGroups(LIMITS);
        Reply much = get("/v1/query");
        assertThat(much.status()).isEqualTo(422);
        assertThat(much.body()).contains("more than 12 groups");
    }

    @Test
    void everything_that_is_wrong_is_said_at_once() throws IOException {
        Reply reply = get("/v1/query?group_by=semver(version)&f.os=Linux&metrics=distnct(user)&verson=1&fill=nil");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.header("Content-Type")).contains("application/problem+json");
        assertThat(reply.body())
                .contains(
                        "\"errors\":[{\"parameter\":\"verson\"",
                        "{\"parameter\":\"group_by\",\"detail\":\"a , is missing, at character 15\"}",
                        "\"hint\":\"eq.Linux\"",
                        "\"hint\":\"distinct\"",
                        "{\"parameter\":\"fill\"");
        assertThat(sink.asked).isNull();
    }

    @Test
    void a_path_that_no_report_has_is_warned_of() throws IOException {
        sink.answer = ScriptedSink.answer(new QueryResult.Coverage(12, 0, 12, 0));
        sink.fields = List.of("version", "uname", "a.b");

        assertThat(get("/v1/query?group_by=versoin,uname.release,a.b.0,%2Funame%2Fx&f.usr=eq.1&f.gone=is.missing")
                        .body())
                .contains(
                        "\"warnings\":[{\"code\":\"unknown-path\",\"detail\":\"no report has versoin\","
                                + "\"did_you_mean\":\"version\"},{\"code\":\"unknown-path\",\"detail\":\"no report has usr\"}]");
        assertThat(get("/v1/count?group_by=versoin").body()).contains("\"did_you_mean\": \"version\"");
    }

    @Test
    void an_answer_that_is_still_the_same_is_not_sent_again() throws IOException {
        sink.position = Optional.of("a-1");
        String tag = get("/v1/query?group_by=os").header("ETag").orElseThrow();
        assertThat(get("/v1/query?group_by=os").header("Cache-Control")).contains("private, no-cache");

        sink.asked = null;
        Reply same = get("/v1/query?group_by=os", "If-None-Match: \"x\", " + tag);
        assertThat(same.status()).isEqualTo(304);
        assertThat(same.body()).isEmpty();
        assertThat(same.header("ETag")).contains(tag);
        assertThat(sink.asked).isNull();

        assertThat(get("/v1/query?group_by=arch", "If-None-Match: " + tag).status())
                .isEqualTo(200);
        assertThat(get("/v1/query?group_by=os&format=csv", "If-None-Match: " + tag)
                        .status())
                .isEqualTo(200);
        sink.position = Optional.of("a-2");
        assertThat(get("/v1/query?group_by=os", "If-None-Match: " + tag).status())
                .isEqualTo(200);
    }

    @Test
    void there_is_a_link_to_the_next_page_with_the_period_in_bounds() throws IOException {
        QueryResult.Row last = ScriptedSink.row(2, "Zoë");
        sink.answer = ScriptedSink.answer(
                new QueryResult.Coverage(12, 9, 3, 1), new QueryResult.Groups(3, 0, 0, 0, Optional.of(last)), last);

        String link = get("/v1/query?group_by=os&period=7d&limit=1&f.a=eq.%C3%AB")
                .header("Link")
                .orElseThrow();
        assertThat(link)
                .startsWith("</v1/query?group_by=os&limit=1&f.a=eq.%C3%AB&from=")
                .contains("&to=", "&after=")
                .endsWith(">; rel=\"next\"")
                .doesNotContain("period");
        var first = sink.asked;

        assertThat(get(link.substring(1, link.indexOf('>'))).status()).isEqualTo(200);
        assertThat(sink.asked.rows().after()).contains(last);
        assertThat(sink.asked.selection()).isEqualTo(first.selection());
        assertThat(get(link.substring(1, link.indexOf('>')).replace("group_by=os", "group_by=arch"))
                        .status())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*/* | application/json",
                "text/csv | text/csv; charset=utf-8; header=present",
                "text/html, text/csv;q=0.5, */*;q=0.1 | text/csv; charset=utf-8; header=present",
                "application/*;q=0.2, application/json;q=0, text/plain;q=0.1 | application/x-ndjson",
                "text/plain | text/plain; charset=utf-8",
            })
    void the_form_is_the_one_that_the_client_likes_best(String accept, String type) throws IOException {
        assertThat(get("/v1/query?group_by=v", "Accept: " + accept).header("Content-Type"))
                .contains(type);
    }

    @Test
    void a_long_accept_is_read_without_harm() throws IOException {
        assertThat(get("/v1/query?group_by=v", "Accept: text/csv" + ";".repeat(6_000))
                        .header("Content-Type"))
                .contains("text/csv; charset=utf-8; header=present");
    }

    @Test
    void a_form_that_there_is_not_is_refused_unless_the_address_says_which() throws IOException {
        assertThat(get("/v1/query", "Accept: image/png").status()).isEqualTo(406);
        assertThat(get("/v1/query?group_by=v&format=ndjson", "Accept: image/png")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void tables_for_spreadsheets_hold_no_formula() throws IOException {
        assertThat(get("/v1/query?group_by=v&format=csv").body())
                .isEqualTo("\"v\",\"count\"\r\n\"2.1\",7\r\n\"'=2\",2\r\n");
        assertThat(get("/v1/count?group_by=v&format=csv").body()).contains("\"'=2\",2");
        assertThat(get("/v1/query?group_by=v&format=ndjson").body())
                .isEqualTo("{\"v\":\"2.1\",\"count\":7}\n{\"v\":\"=2\",\"count\":2}\n");
        assertThat(get("/v1/query?group_by=v&format=table").body()).isEqualTo("""
                v    count
                2.1      7
                =2       2
                """);
    }

    @Test
    void values_are_listed_by_the_beginning_of_them() throws IOException {
        assertThat(get("/v1/values?path=version&prefix=2.&limit=5").body()).contains("\"rows\":[[\"2.1\",7]");

        assertThat(sink.asked.groupBy()).hasSize(1);
        assertThat(sink.asked.selection().filter())
                .hasToString("Test[subject=Field[path=version], operator=prefix, operands=[2.]]");
        assertThat(sink.asked.rows().limit()).hasValue(5);
        assertThat(get("/v1/values").body()).contains("the path whose values are wanted");
    }

    @Test
    void fields_are_listed() throws IOException {
        sink.fields = List.of("os", "version");

        assertThat(get("/v1/fields").body()).startsWith("""
                {
                  "fields": [
                    {
                      "name": "os",
                      "types": [
                        "string"
                      ],
                      "records": 3,
                      "values": 2,
                      "first_seen": null,
                      "last_seen": null
                    },
                """);
        assertThat(get("/v1/fields?x=1").status()).isEqualTo(400);
    }

    @Test
    void a_count_says_what_it_does_not_list() throws IOException {
        sink.answer = ScriptedSink.answer(
                new QueryResult.Coverage(12, 9, 3, 1),
                new QueryResult.Groups(5, 3, 2, 1, Optional.empty()),
                ScriptedSink.row(7, "Linux"),
                new QueryResult.Row(List.of(Value.OTHER), List.of(2L)));

        assertThat(get("/v1/count?group_by=os&top=1").body())
                .contains("\"Linux\": 7\n  },", "\"other_count\": 2", "\"keys\": 1", "\"grouped_key_count\": 5");
    }

    @Test
    void a_question_by_post_is_json_and_nothing_else() throws IOException {
        assertThat(post("/v1/query", "group_by=os").body()).contains("it is no JSON that can be read");
        assertThat(post("/v1/query?group_by=os", "{}").status()).isEqualTo(400);
        assertThat(post("/v1/query", "{\"filter\":{\"or\":[{\"field\":\"a\",\"op\":\"eqq\",\"value\":\"x\"}]}}")
                        .body())
                .contains("\"parameter\":\"/filter/or/0\"", "\"hint\":\"eq\"");
        assertThat(post("/v1/count", "{}").status()).isEqualTo(405);
    }

    @Test
    void reports_are_taken_while_more_questions_than_places_wait() throws Exception {
        CountDownLatch slow = new CountDownLatch(1);
        sink.hold = slow;
        List<CompletableFuture<Integer>> asked = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            asked.add(CompletableFuture.supplyAsync(this::status, command -> new Thread(command).start()));
        }
        assertThat(sink.entered.await(60, TimeUnit.SECONDS)).isTrue();

        assertThat(Reply.to(collector.address(), Requests.pythonRequests("date:12.5\n"))
                        .body())
                .isEqualTo("stored");
        assertThat(get("/health/ready").status()).isEqualTo(200);

        slow.countDown();
        for (CompletableFuture<Integer> one : asked) {
            assertThat(one.get(60, TimeUnit.SECONDS)).isIn(200, 503);
        }
        assertThat(asked).anyMatch(one -> one.join() == 200);
    }

    private int status() {
        try {
            return get("/v1/query?group_by=v").status();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private Reply get(String target, String... headers) throws IOException {
        return Reply.to(collector.address(), Requests.get(target, headers));
    }

    private Reply post(String target, String json) throws IOException {
        return Reply.to(
                collector.address(),
                Requests.post("POST " + target + " HTTP/1.1", json.getBytes(StandardCharsets.UTF_8)));
    }
}
