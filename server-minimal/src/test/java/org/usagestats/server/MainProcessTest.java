package org.usagestats.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.usagestats.testkit.Await;
import org.usagestats.testkit.Certificates;

/** The command in a process of its own: what it prints, how it ends, and the limits it sets. */
class MainProcessTest {

    private static final String REPORT = "date:12.5\nprogram:try\n";

    private final Map<String, String> environment = new LinkedHashMap<>();

    @TempDir
    private Path directory;

    @TempDir
    private Path keys;

    private Process process;

    @AfterEach
    void end() {
        if (process != null) {
            process.destroyForcibly();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "INT"})
    void a_signal_ends_it_in_good_order_and_what_it_acknowledged_is_there_again(String signal) throws Exception {
        assumeFalse(signal.equals("INT") && isInterruptIgnored(), "Ctrl-C is ignored where these tests run");
        InetSocketAddress address = start();
        assertThat(Reply.to(address, Requests.pythonRequests(REPORT)).body()).isEqualTo("stored");

        new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid()))
                .start()
                .waitFor();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        assertThat(process.errorReader(StandardCharsets.UTF_8).readLine()).isEqualTo("stopped");
        assertThat(process.getInputStream().readAllBytes()).isEmpty();

        assertThat(Reply.to(start(), Requests.get("/v1/count?group_by=program")).body())
                .contains("\"try\": 1");
    }

    /** A background job of a shell ignores SIGINT (2), and so does every process that it starts. */
    static boolean isInterruptIgnored() throws Exception {
        Path status = Path.of("/proc/self/status");
        return Files.exists(status)
                && Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("SigIgn:"))
                        .anyMatch(line ->
                                (Long.parseUnsignedLong(line.substring(7).trim(), 16) >> 1 & 1) == 1);
    }

    @Test
    void a_client_that_stalls_is_left_after_a_time() throws Exception {
        InetSocketAddress address = start("-Dsun.net.httpserver.maxReqTime=1");
        try (Socket stalled = Reply.connected(address)) {
            stalled.getOutputStream()
                    .write("POST / HTTP/1.1\r\nContent-Length: 9\r\n\r\ndate".getBytes(StandardCharsets.US_ASCII));

            assertThat(stalled.getInputStream().read()).isEqualTo(-1);
        }
        assertThat(Reply.to(address, Requests.pythonRequests(REPORT)).body()).isEqualTo("stored");
    }

    /** Its stall holds a thread as one in a request does; what it was told comes from the environment. */
    @Test
    void a_client_that_stalls_in_its_handshake_is_left_after_a_time() throws Exception {
        Certificates made = new Certificates(keys);
        made.make("stall", "EC");
        environment.put("USAGESTATS_TLS_CERT", made.pem("stall").toString());
        environment.put("USAGESTATS_TLS_KEY", made.key("stall").toString());
        InetSocketAddress address = start("-Dsun.net.httpserver.maxReqTime=1", "-Dsun.net.httpserver.idleInterval=1");
        try (Socket stalled = Reply.connected(address)) {
            // The first three of the 512 bytes that it announces.
            stalled.getOutputStream().write(new byte[] {22, 3, 1, 2, 0, 1, 0, 1});

            // No more than alerts: records of type 21 with two bytes each, of which newer JDKs send two.
            byte[] answer = stalled.getInputStream().readAllBytes();
            assertThat(answer).hasSizeLessThan(15);
            for (int i = 0; i < answer.length; i += 7) {
                assertThat(answer[i]).isEqualTo((byte) 21);
            }
        }
        try (Socket socket = Reply.encrypted(Reply.connected(address), made.trust("stall"))) {
            assertThat(Reply.on(socket, Requests.pythonRequests(REPORT)).body()).isEqualTo("stored");
        }
    }

    @Test
    void a_signal_under_load_loses_nothing_that_was_acknowledged() throws Exception {
        InetSocketAddress address = start();
        Set<String> acknowledged = ConcurrentHashMap.newKeySet();
        List<Thread> senders = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            senders.add(new Thread(() -> sendUntilRefused(address, acknowledged)));
            senders.get(i).start();
        }
        Await.until("some reports", Duration.ofSeconds(60), () -> acknowledged.size() >= 200);
        process.destroy();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        for (Thread sender : senders) {
            sender.join();
        }

        String kept = Reply.to(start(), Requests.get("/v1/download/import")).body();
        assertThat(acknowledged).allSatisfy(id -> assertThat(kept).contains(id));
    }

    private static void sendUntilRefused(InetSocketAddress address, Set<String> acknowledged) {
        try {
            while (true) {
                String id = UUID.randomUUID().toString();
                if (Reply.to(address, Requests.withId("/", id, REPORT)).status() == 200) {
                    acknowledged.add(id);
                }
            }
        } catch (IOException stopped) {
            return;
        }
    }

    @Test
    void a_directory_that_another_collector_has_is_refused_in_one_line() throws Exception {
        start();
        Process first = process;
        try {
            process = process();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(1);
            assertThat(process.errorReader(StandardCharsets.UTF_8).lines())
                    .singleElement()
                    .asString()
                    .startsWith("usagestats-server: ")
                    .contains(directory.toString());
        } finally {
            first.destroyForcibly();
        }
    }

    private InetSocketAddress start(String... options) throws IOException {
        process = process(options);
        BufferedReader errors = process.errorReader(StandardCharsets.UTF_8);
        String line = errors.readLine();
        assertThat(line).matches("listening on https?://127.0.0.1:.*");
        URI address = URI.create(line.substring("listening on ".length()));
        return new InetSocketAddress(address.getHost(), address.getPort());
    }

    private Process process(String... options) throws IOException {
        ProcessBuilder builder = MainCommand.of(
                List.of(options), List.of("serve", "--sink", "jsonl:" + directory, "--listen", "127.0.0.1:0"));
        builder.environment().putAll(environment);
        return builder.start();
    }
}
