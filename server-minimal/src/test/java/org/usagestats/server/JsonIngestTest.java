package org.usagestats.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.usagestats.server.senders.AddressKeeping;
import org.usagestats.sink.ReceivedReport;

/** JSON reports over real sockets, as Python Analytics sends them, and everything that is not one. */
class JsonIngestTest {

    private static final String MESSAGE = """
            {"username": "Zo\\u00eb", "hostname": "größe", "python": {"version_info": [2, 7, 5, "final", 0], "bin": "/usr/bin/python"},
             "uname": {"system": "Linux", "release": "3.13.0"}, "big": 1e400, "exact": 1.10, "minus": -0, "none": null, "yes": true}
            """;
    private static final String ID = "0190163d-8694-739b-aea5-966c26f8ad91";

    private final ListSink sink = new ListSink();

    @RegisterExtension
    private final RunningCollector collector =
            new RunningCollector(Collector.builder().sink(sink).keepAddresses(AddressKeeping.FULL));

    @AfterEach
    void goesOnAfterwards() throws IOException {
        assertThat(send(Requests.espymetrics(MESSAGE)).body()).isEqualTo("{\"success\": true}");
    }

    @Test
    void stores_the_message_of_espymetrics_in_canonical_form() throws IOException {
        Reply reply = send(Requests.espymetrics(MESSAGE));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).isEqualTo("{\"success\": true}");
        assertThat(reply.header("Content-Type")).contains("application/json");
        assertThat(sink.json())
                .singleElement()
                .asString()
                .startsWith("{\"server_time\":\"")
                .endsWith("\",\"submitted_from\":\"127.0.0.1\",\"username\":\"Zoë\",\"hostname\":\"größe\","
                        + "\"python\":{\"version_info\":[2,7,5,\"final\",0],\"bin\":\"/usr/bin/python\"},"
                        + "\"uname\":{\"system\":\"Linux\",\"release\":\"3.13.0\"},"
                        + "\"big\":1e400,\"exact\":1.10,\"minus\":-0,\"none\":null,\"yes\":true}");
    }

    @Test
    void keeps_the_exact_bytes_and_the_time_of_receipt() throws IOException {
        Instant before = Instant.now();
        send(Requests.espymetrics(MESSAGE));

        ReceivedReport report = sink.reports().get(0);
        assertThat(report.format()).isEqualTo(ReceivedReport.Format.JSON);
        assertThat(report.body()).asString(StandardCharsets.UTF_8).isEqualTo(MESSAGE);
        assertThat(report.received()).isBetween(before.minusMillis(1), before.plus(Duration.ofMinutes(1)));
        assertThat(report.path()).isEqualTo("/");
    }

    @Test
    void stores_an_object_without_members() throws IOException {
        assertThat(send(Requests.espymetrics("{}")).status()).isEqualTo(200);
        assertThat(sink.json()).singleElement().asString().endsWith("\"submitted_from\":\"127.0.0.1\"}");
    }

    @Test
    void stores_equal_objects_without_an_id_each_time() throws IOException {
        send(Requests.espymetrics(MESSAGE));
        send(Requests.espymetrics(MESSAGE));
        assertThat(sink.reports()).hasSize(2);
    }

    @Test
    void acknowledges_by_id_once_and_again_and_rejects_another_content() throws IOException {
        assertThat(send(Requests.withId("/v1/on_import", ID, "{\"a\":1}")).header("Usagestats-Ack"))
                .contains(ID);
        assertThat(send(Requests.withId("/v1/on_import", ID, "{\"a\":1}")).header("Usagestats-Ack"))
                .contains(ID);
        Reply conflict = send(Requests.withId("/v1/on_import", ID, "{\"a\":2}"));
        assertThat(conflict.status()).isEqualTo(409);
        assertThat(conflict.header("Usagestats-Reject")).contains(ID + " conflict");
        assertThat(sink.json()).singleElement().asString().startsWith("{\"report_id\":\"" + ID + "\",");
    }

    @Test
    void renames_reserved_names_at_the_top_only() throws IOException {
        send(Requests.espymetrics(
                "{\"server_time\":\"mine\",\"a\":{\"server_time\":1},\"b\":[{\"crc32c\":2}],\"crc32c\":3}"));

        assertThat(sink.json())
                .singleElement()
                .asString()
                .endsWith(",\"client.server_time\":\"mine\",\"a\":{\"server_time\":1},\"b\":[{\"crc32c\":2}],"
                        + "\"client.crc32c\":3}");
    }

    @Test
    void escapes_what_utf8_cannot_carry_and_leaves_pairs_alone() throws IOException {
        send(Requests.espymetrics("{\"a\":\"\\ud800x\\udc00 \\ud83d\\ude00 \\u0000 \\\\ \\/\"}"));

        assertThat(sink.json())
                .singleElement()
                .asString()
                .endsWith(",\"a\":\"\\ud800x\\udc00 \uD83D\uDE00 \\u0000 \\\\ /\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`` | expected json body",
                "`  ` | expected json body",
                "not json | invalid json: ",
                "`{\"a\":1` | invalid json: ",
                "`{\"a\":NaN}` | invalid json: ",
                "`{\"a\":01}` | invalid json: ",
                "`{\"a\":\"\u0001\"}` | invalid json: ",
                "`{'a':1}` | invalid json: ",
                "`{\"half a pair \\ud800\":1}` | invalid json: ",
                "`{\"a\":1} {}` | invalid json: nothing follows the object",
                "`[1,2]` | expected a json object: a report is one object, {\"name\": value}",
                "`\"text\"` | expected a json object: a report is one object, {\"name\": value}",
                "null | expected a json object: a report is one object, {\"name\": value}",
                "`{\"a\":1,\"a\":2}` | invalid json: Duplicate ",
                "`{\"x\":{\"a\":1,\"a\":2}}` | invalid json: Duplicate ",
                "`{\"server_time\":1,\"client.server_time\":2}` | invalid json: Duplicate ",
            })
    void refuses_what_is_not_one_object_in_one_clear_line(String body, String words) throws IOException {
        Reply reply = send(Requests.espymetrics(body));

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body().lines()).singleElement().asString().startsWith(words.stripTrailing());
        assertThat(reply.header("Content-Type")).contains("text/plain; charset=utf-8");
        assertThat(sink.reports()).isEmpty();
    }

    @Test
    void refuses_what_is_beyond_a_limit_and_says_the_limits() throws IOException {
        for (String body : new String[] {
            "{\"a\":" + "[".repeat(32) + "]".repeat(32) + "}",
            "{\"a\":\"" + "x".repeat(200 * 1024) + "\"}",
            "{\"" + "n".repeat(257) + "\":1}",
            "{\"a\":" + "1".repeat(101) + "}",
            "{\"a\":[" + "1,".repeat(10_000) + "1]}",
        }) {
            Reply reply = send(Requests.espymetrics(body));
            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.body().lines())
                    .singleElement()
                    .asString()
                    .startsWith("json beyond a limit: at most 32 levels");
        }
        assertThat(sink.reports()).isEmpty();
    }

    @Test
    void accepts_what_is_just_within_the_limits() throws IOException {
        String deep = "{\"a\":" + "[".repeat(31) + "]".repeat(31) + "}";
        String longs = "{\"" + "n".repeat(256) + "\":" + "1".repeat(100) + ",\"s\":\"" + "x".repeat(64 * 1024) + "\"}";

        assertThat(send(Requests.espymetrics(deep)).body()).isEqualTo("{\"success\": true}");
        assertThat(send(Requests.espymetrics(longs)).body()).isEqualTo("{\"success\": true}");
    }

    @Test
    void refuses_bytes_that_are_not_utf8() throws IOException {
        Reply reply = send(Requests.espymetrics("{\"a\":\"\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1)));

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body()).isEqualTo("invalid json: it is not in UTF-8\n");
    }

    @Test
    void refuses_more_than_512_kib() throws IOException {
        Reply reply = send(Requests.espymetrics(new byte[524_289]));

        assertThat(reply.status()).isEqualTo(413);
        assertThat(reply.body()).isEqualTo("report too big: at most 524288 bytes\n");
    }

    @Test
    void rejects_by_id_with_a_reason_that_quotes_nothing() throws IOException {
        Reply reply = send(Requests.withId("/v1/on_import", ID, "{\"a\r\nX: y\""));

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.header("Usagestats-Reject")).contains(ID + " invalid json");
        assertThat(reply.header("Content-Type")).contains("application/problem+json");
        assertThat(reply.body().lines()).hasSize(1);
    }

    @Test
    void refuses_a_web_page_that_posts() throws IOException {
        assertThat(send(Requests.post(
                                "POST /v1/on_import HTTP/1.1", "{}".getBytes(StandardCharsets.UTF_8), "Origin: null"))
                        .status())
                .isEqualTo(403);
        assertThat(sink.reports()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT", "DELETE"})
    void takes_posts_only(String method) throws IOException {
        Reply reply = send(Requests.post(method + " /v1/on_import HTTP/1.1", "{}".getBytes(StandardCharsets.UTF_8)));

        assertThat(reply.status()).isEqualTo(405);
        assertThat(reply.header("Allow")).contains("POST");
    }

    private Reply send(byte[] request) throws IOException {
        return Reply.to(collector.address(), request);
    }
}
