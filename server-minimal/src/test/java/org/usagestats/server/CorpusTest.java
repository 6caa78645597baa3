package org.usagestats.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.usagestats.sink.ReceivedReport;

/** What a collector makes of each case of the corpora of bad input; afterwards it works as before. */
class CorpusTest {

    private static final byte[] GOOD = Requests.pythonRequests("date:1408745999.123\nwhat:good\n");

    private final ListSink sink = new ListSink();

    @RegisterExtension
    private final RunningCollector collector = new RunningCollector(sink);

    @AfterEach
    void goesOnAfterwards() throws IOException {
        assertThat(Reply.to(collector.address(), GOOD).body()).isEqualTo("stored");
    }

    static Stream<Corpus.Case> http() throws IOException {
        return Corpus.of("http").stream();
    }

    @ParameterizedTest
    @MethodSource("http")
    void framing(Corpus.Case bad) throws IOException {
        assertThat(outcome(bad)).as("%s", bad.outcomes()).isIn(allowed(bad.outcomes()));
        assertThat(sink.reports())
                .allMatch(report -> Arrays.equals(report.body(), "date:12.5\n".getBytes(StandardCharsets.US_ASCII)));
    }

    private String outcome(Corpus.Case bad) throws IOException {
        try (Socket socket = Reply.connected(collector.address())) {
            send(socket, bad);
            List<String> statuses = statuses(socket.getInputStream());
            return (statuses.isEmpty() ? "closed" : String.join(" ", statuses)) + "; "
                    + sink.reports().size();
        }
    }

    /** The collector may end the connection before all is sent. */
    private static void send(Socket socket, Corpus.Case bad) {
        try {
            if (bad.name().startsWith("byte by byte")) {
                socket.setTcpNoDelay(true);
                for (byte one : bad.sent()) {
                    socket.getOutputStream().write(one);
                }
            } else {
                socket.getOutputStream().write(bad.sent());
            }
            socket.shutdownOutput();
        } catch (IOException ended) {
            assertThat(ended).isInstanceOf(SocketException.class);
        }
    }

    private static List<String> statuses(InputStream in) throws IOException {
        List<String> statuses = new ArrayList<>();
        try {
            while (true) {
                statuses.add(Integer.toString(Reply.read(in).status()));
            }
        } catch (EOFException | SocketException ended) {
            return statuses;
        }
    }

    /** Each outcome with "or" as several. */
    private static List<String> allowed(List<String> outcomes) {
        List<String> allowed = new ArrayList<>();
        for (String outcome : outcomes) {
            String[] parts = outcome.split(";", 2);
            for (String statuses : parts[0].split(" or ")) {
                allowed.add(statuses.strip() + ";" + parts[1]);
            }
        }
        return allowed;
    }

    static Stream<Corpus.Case> text() throws IOException {
        return Corpus.of("text").stream();
    }

    @ParameterizedTest
    @MethodSource("text")
    void textReports(Corpus.Case bad) throws IOException {
        Reply reply = Reply.to(collector.address(), Requests.pythonRequests("/", bad.sent()));

        assertThat(reply.status() + " " + reply.body()).isIn(bad.outcomes());
        if (reply.status() == 200) {
            ReceivedReport report = sink.reports().get(0);
            assertThat(report.body()).isEqualTo(bad.sent());
            String json = new String(report.json(), StandardCharsets.UTF_8);
            assertThat(json)
                    .doesNotContain("\n")
                    .startsWith("{\"server_time\":\"2")
                    .endsWith("}");
            assertThat(json).doesNotContain("\"submitted_from\":");
        } else {
            assertThat(sink.reports()).isEmpty();
        }
    }

    static Stream<Corpus.Case> json() throws IOException {
        return Corpus.of("json").stream();
    }

    @ParameterizedTest
    @MethodSource("json")
    void jsonReports(Corpus.Case bad) throws IOException {
        Reply reply = Reply.to(collector.address(), Requests.espymetrics(bad.sent()));

        String expected = bad.outcomes().get(0);
        if (expected.startsWith("{")) {
            assertThat(reply.status()).as(reply.body()).isEqualTo(200);
            assertThat(sink.json()).singleElement().asString().endsWith("Z\"," + expected.substring(1));
        } else {
            assertThat(reply.status() + " " + reply.body()).startsWith(expected);
            assertThat(reply.body().lines()).hasSize(1);
            assertThat(sink.reports()).isEmpty();
        }
    }
}
