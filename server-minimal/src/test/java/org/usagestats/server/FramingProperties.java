package org.usagestats.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Example;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;

/**
 * Whatever a connection brings that looks like requests: it is answered or closed, the next connection is served, what is stored
 * are whole bodies of requests whose end is beyond doubt, and what was acknowledged is among them. What each connection brings is
 * made by {@link OddRequests}, and where its requests end by the letter is told by {@link FramedReports}.
 */
class FramingProperties {

    private static final boolean THOROUGH = Boolean.getBoolean("usagestats.thorough");
    private static final int TRIES = THOROUGH ? 20_000 : 600;
    private static final FramedReports.Reading READING =
            System.getProperty("usagestats.front", "").startsWith("robaho.")
                    ? FramedReports.Reading.LENIENT
                    : FramedReports.Reading.BY_THE_LETTER;
    private static final String LIVE = "GET /health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

    private final ListSink sink = new ListSink();
    private final Set<String> framed = new HashSet<>();
    private final Set<String> seen = new HashSet<>();
    private int acknowledged;
    private int several;
    private Collector collector;

    @BeforeProperty
    void start() throws IOException {
        collector = Collector.builder().sink(sink).start();
    }

    @AfterProperty
    void stop() throws IOException {
        collector.close();
    }

    @Example
    void nothingIsStoredButWholeBodiesOfRequestsThatEndWhereTheySay() throws IOException {
        long seed = THOROUGH ? new Random().nextInt() : 0;
        for (int round = 0; round < TRIES; round++) {
            check(seed + round);
        }
        assertThat(several)
                .as("connections on which several reports were acknowledged, of %d reports", acknowledged)
                .isGreaterThan(TRIES / 50);
    }

    private void check(long seed) throws IOException {
        String sent = new OddRequests(new Random(seed), seed).connection();
        String what = "seed " + seed + ": "
                + sent.replace("\r", "\\r").replace("\t", "\\t").replace("\0", "\\0");
        framed.addAll(FramedReports.in(sent, READING));

        String answers = answers(sent, what);

        assertThat(answers).as(what).matches("(?s)(HTTP/1\\.1 [1-5][0-9][0-9] .*)?");
        assertThat(Reply.to(collector.address(), LIVE).body()).isEqualTo("live\n");
        int more = answers.split("\r\n\r\nstored", -1).length - 1;
        acknowledged += more;
        several += more > 1 ? 1 : 0;
        // What a connection that was reset has begun may end later: it is among what was framed then.
        List<String> stored = stored();
        assertThat(stored.subList(seen.size(), stored.size())).as(what).allMatch(framed::contains);
        assertThat(stored.subList(seen.size(), stored.size()))
                .as("once, " + what)
                .allMatch(seen::add);
        assertThat(seen).as(what).hasSizeGreaterThanOrEqualTo(acknowledged);
    }

    private List<String> stored() {
        return sink.reports().stream()
                .map(report -> new String(report.body(), ISO_8859_1))
                .toList();
    }

    private String answers(String sent, String what) throws IOException {
        StringBuilder answers = new StringBuilder();
        try (Socket socket = Reply.connected(collector.address())) {
            socket.getOutputStream().write(sent.getBytes(ISO_8859_1));
            socket.shutdownOutput();
            InputStream in = socket.getInputStream();
            for (int next = in.read(); next >= 0; next = in.read()) {
                answers.append((char) next);
            }
        } catch (SocketException reset) {
            answers.append("");
        } catch (SocketTimeoutException late) {
            throw new AssertionError("neither answered nor closed, " + what, late);
        }
        return answers.toString();
    }
}
