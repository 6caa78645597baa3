package org.usagestats.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Sends batches to a collector.
 *
 * @param collector the collector
 * @param sink what it keeps reports in
 */
record Batches(RunningCollector collector, ListSink sink) {

    Reply send(String... lines) throws IOException {
        return send(String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
    }

    Reply send(byte[] batch, String... headers) throws IOException {
        return Reply.to(collector.address(), Requests.post("POST /v1/reports HTTP/1.1", batch, headers));
    }

    /** Sends a line that is rejected, and returns why. */
    String rejection(String line) throws IOException {
        int before = sink.reports().size();
        Reply reply = send(line);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(sink.reports()).hasSize(before);
        String start = "{\"results\":[{\"result\":\"rejected\",\"detail\":\"";
        String end = "\"}]}\n";
        assertThat(reply.body()).startsWith(start).endsWith(end);
        return reply.body()
                .substring(start.length(), reply.body().length() - end.length())
                .replace("\\\"", "\"");
    }
}
