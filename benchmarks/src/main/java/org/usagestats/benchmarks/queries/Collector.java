package org.usagestats.benchmarks.queries;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A collector that was started, and that is asked over HTTP on one connection. */
final class Collector implements Respondent, Closeable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String LISTENING = "listening on ";

    private final Process process;
    private final Path log;
    private URI address = URI.create("/");

    private Collector(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Starts one and waits until it listens. */
    static Collector start(List<String> command) throws IOException, InterruptedException {
        Path log = Files.createTempFile("usagestats-", ".log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy)); // for Ctrl-C
        Collector collector = new Collector(process, log);
        collector.awaitAddress();
        return collector;
    }

    private void awaitAddress() throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (address.getHost() == null) {
            String said = Files.readString(log);
            if (!process.isAlive() || System.nanoTime() > end) {
                close();
                throw new IOException("the collector does not listen: " + said);
            }
            said.lines()
                    .filter(line -> line.contains(LISTENING))
                    .forEach(line -> address = URI.create(line.substring(line.indexOf(LISTENING) + LISTENING.length())
                            .strip()));
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    int port() {
        return address.getPort();
    }

    ProcessHandle process() {
        return process.toHandle();
    }

    @Override
    public Turn ask(Question question, Patience patience) throws IOException {
        List<String> rows = List.of();
        List<Long> nanos = new ArrayList<>();
        long begin = System.nanoTime();
        while (!patience.isOver(begin, nanos.size())) {
            long start = System.nanoTime();
            rows = ask(question);
            nanos.add(System.nanoTime() - start);
        }
        return new Turn(rows, nanos);
    }

    private List<String> ask(Question question) throws IOException {
        URI query = address.resolve("/v1/query?format=csv&" + question.address());
        HttpURLConnection connection = (HttpURLConnection) query.toURL().openConnection();
        try (InputStream body = connection.getInputStream()) {
            String csv = new String(body.readAllBytes(), StandardCharsets.UTF_8);
            return csv.lines()
                    .skip(1)
                    .map(line -> line.replace("\"", "").replace(',', '\t'))
                    .toList();
        }
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException given) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        Files.deleteIfExists(log);
    }
}
