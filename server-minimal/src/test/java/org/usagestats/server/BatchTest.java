package org.usagestats.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.usagestats.server.senders.AddressKeeping;
import org.usagestats.sink.ReceivedReport;
import org.usagestats.sink.SinkFullException;

/** Many reports in one request: each is kept or its sender is told why not, and nothing is kept unsaid. */
class BatchTest {

    private static final String ID = "0190163d-8694-739b-aea5-966c26f8ad91";
    private static final String UPPER = "0190163D-8694-739B-AEA5-966C26F8AD92";
    private static final String FORM =
            "not a line of a batch: a line is {\"id\":\"UUID\",\"report\":{\"name\":value}}, where the id may be left out, and \"erase\":\"HASH\" may stand beside it";

    private final ListSink sink = new ListSink();

    @RegisterExtension
    private final RunningCollector collector =
            new RunningCollector(Collector.builder().sink(sink).keepAddresses(AddressKeeping.FULL));

    private final Batches batches = new Batches(collector, sink);

    @AfterEach
    void goesOnAfterwards() throws IOException {
        sink.fail(null);
        assertThat(batches.send("{\"report\":{}}").body()).isEqualTo("{\"results\":[{\"result\":\"stored\"}]}\n");
    }

    @Test
    void answers_for_each_line_in_their_order_and_appends_once() throws IOException {
        Reply reply = batches.send(
                line(ID, "{\"a\":1}"),
                "{\"report\":{\"a\":2}}",
                "",
                line(UPPER, "{\"a\":3}"),
                " \t\r",
                line(ID, "{\"a\":1}"),
                line(ID, "{\"a\":4}"),
                line(ID, "{\"a\":1,\"a\":2}"),
                "{\"report\":{\"a\":5}}\r");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Content-Type")).contains("application/json");
        assertThat(reply.body())
                .isEqualTo("{\"results\":["
                        + "{\"result\":\"stored\",\"id\":\"" + ID + "\"},"
                        + "{\"result\":\"stored\"},"
                        + "{\"result\":\"stored\",\"id\":\"" + UPPER + "\"},"
                        + "{\"result\":\"duplicate\",\"id\":\"" + ID + "\"},"
                        + "{\"result\":\"conflict\",\"id\":\"" + ID
                        + "\",\"detail\":\"another report with this id was received before\"},"
                        + "{\"result\":\"rejected\",\"id\":\"" + ID
                        + "\",\"detail\":\"invalid json: Duplicate Object property \\\"a\\\"\"},"
                        + "{\"result\":\"stored\"}]}\n");
        assertThat(sink.reports()).hasSize(4);
        assertThat(sink.appends()).isEqualTo(1);
    }

    @Test
    void keeps_a_report_as_if_it_had_come_alone() throws IOException {
        String report =
                "{ \"name\" : \"Zoë \uD83D\uDE00 \\u20ac {\" , \"server_time\":1, \"id\":\"mine\", \"deep\":{\"report\":[{}]} }";
        batches.send(" {\"report\": " + report + " ,\t\"id\" : \"" + ID + "\" } ");

        ReceivedReport kept = sink.reports().get(0);
        assertThat(kept.body()).asString(StandardCharsets.UTF_8).isEqualTo(report);
        assertThat(kept.id()).contains(UUID.fromString(ID));
        assertThat(kept.format()).isEqualTo(ReceivedReport.Format.JSON);
        assertThat(sink.json().get(0))
                .startsWith("{\"report_id\":\"" + ID + "\",\"server_time\":\"")
                .endsWith("\",\"submitted_from\":\"127.0.0.1\",\"name\":\"Zoë \uD83D\uDE00 € {\","
                        + "\"client.server_time\":1,\"id\":\"mine\",\"deep\":{\"report\":[{}]}}");
        assertThat(Reply.to(collector.address(), Requests.withId("/v1/on_import", ID, report))
                        .header("Usagestats-Ack"))
                .contains(ID);
    }

    /** The parser reads a long line in parts. */
    @Test
    void finds_the_report_anywhere_in_a_long_line() throws IOException {
        for (int blanks : new int[] {3_990, 4_000, 32_000, 40_000, 100_000}) {
            String report = "{\"a\":\"" + "é".repeat(30_000) + "\"}";
            assertThat(batches.send("{" + " ".repeat(blanks) + "\"id\":\"" + UUID.randomUUID() + "\",\"report\":"
                                    + report + "}")
                            .body())
                    .contains("\"stored\"");
            ReceivedReport kept = sink.reports().get(sink.reports().size() - 1);
            assertThat(kept.body()).asString(StandardCharsets.UTF_8).isEqualTo(report);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"date\":1}",
                "[]",
                "null",
                "{\"report\":[]}",
                "{\"report\":null}",
                "{\"report\":{},\"report\":{}}",
                "{\"id\":1,\"report\":{}}",
                "{\"id\":null,\"report\":{}}",
                "{\"report\":{},\"more\":1}",
                "{\"report\":{}} {}",
                "{\"id\":\"" + ID + "\"}",
            })
    void rejects_a_line_of_another_form(String line) throws IOException {
        assertThat(batches.rejection(line)).isEqualTo(FORM);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "nonsense | invalid json: ",
                "{\"report\":{\"a\":1} | invalid json: ",
                "{\"report\":{\"a\":01}} | invalid json: ",
                "{\"report\":{\"a\":1,\"a\":2}} | invalid json: Duplicate ",
                "{\"id\":\"7\",\"report\":{}} | invalid report id: id is a UUID, 8-4-4-4-12 hex digits",
            })
    void rejects_a_report_that_is_none(String line, String words) throws IOException {
        assertThat(batches.rejection(line)).startsWith(words.strip()).doesNotContain("\n");
    }

    @Test
    void rejects_a_line_that_is_not_utf8_and_keeps_its_neighbours() throws IOException {
        byte[] batch = "{\"report\":{}}\n{\"report\":{\"a\":\"\u00e9\"}}\n{\"report\":{}}"
                .getBytes(StandardCharsets.ISO_8859_1);

        assertThat(batches.send(batch).body())
                .isEqualTo("{\"results\":[{\"result\":\"stored\"},"
                        + "{\"result\":\"rejected\",\"detail\":\"invalid json: it is not in UTF-8\"},"
                        + "{\"result\":\"stored\"}]}\n");
    }

    @Test
    void asks_for_everything_again_that_the_sink_did_not_keep() throws IOException {
        sink.fail(new IOException("the disk is on fire"));
        Reply failed = batches.send(line(ID, "{}"), "nonsense", "{\"report\":{}}");

        assertThat(failed.status()).isEqualTo(503);
        assertThat(failed.header("Retry-After")).isPresent();
        assertThat(failed.body())
                .startsWith("{\"results\":[{\"result\":\"retry\",\"id\":\"" + ID
                        + "\",\"detail\":\"not kept: send the report again later\"},{\"result\":\"rejected\",")
                .endsWith("{\"result\":\"retry\",\"detail\":\"not kept: send the report again later\"}]}\n")
                .doesNotContain("fire");

        sink.fail(new SinkFullException("no space left", new IOException("ENOSPC")));
        Reply full = batches.send(line(ID, "{}"));
        assertThat(full.status()).isEqualTo(507);
        assertThat(full.header("Retry-After")).isPresent();
        assertThat(full.body()).contains("\"result\":\"retry\"");
    }

    @Test
    void does_not_trouble_the_sink_when_there_is_nothing_to_keep() throws IOException {
        sink.fail(new IOException("the disk is on fire"));

        assertThat(batches.send("nonsense").status()).isEqualTo(200);
        assertThat(sink.appends()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", " \r\n\t\n\n"})
    void refuses_a_batch_without_a_report(String batch) throws IOException {
        Reply reply = batches.send(batch);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.header("Content-Type")).contains("application/problem+json");
        assertThat(reply.body()).contains("\"no report: a batch has a line for each report\"");
    }

    @Test
    void has_the_access_rules_of_a_single_report() throws IOException {
        byte[] batch = "{\"report\":{}}".getBytes(StandardCharsets.US_ASCII);

        assertThat(batches.send(batch, "Origin: https://evil.example").status()).isEqualTo(403);
        assertThat(batches.send(batch, "Content-Encoding: br").status()).isEqualTo(415);
        Reply withId = batches.send(batch, "Usagestats-Report-Id: " + ID);
        assertThat(withId.status()).isEqualTo(400);
        assertThat(withId.body()).contains("the id of each report stands in its line");
        Reply put = Reply.to(collector.address(), Requests.post("PUT /v1/reports HTTP/1.1", batch));
        assertThat(put.status()).isEqualTo(405);
        assertThat(put.header("Allow")).contains("POST");
        assertThat(sink.reports()).isEmpty();
    }

    private static String line(String id, String report) {
        return "{\"id\":\"" + id + "\",\"report\":" + report + "}";
    }
}
