package org.usagestats.it;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.usagestats.testkit.Await;

/** The collector, started from its distribution as an operator does it. */
final class RunningCollector implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(60);
    private static final String READY = "listening on ";

    /** How long to leave the collector alone between two questions: it has reports to take in. */
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final HttpClient client = HttpClient.newHttpClient();
    private final Command.Running running;
    private final URI url;

    private RunningCollector(Command.Running running, URI url) {
        this.running = running;
        this.url = url;
    }

    static RunningCollector start(String sink, String... options) throws Exception {
        return start(Built.SERVER_DIST, sink, "127.0.0.1:0", options);
    }

    static RunningCollector start(Path dist, String sink, String listen, String... options) throws Exception {
        List<String> words = new ArrayList<>(
                List.of(dist.resolve("bin/usagestats-server").toString(), "serve", "--sink", sink, "--listen", listen));
        words.addAll(List.of(options));
        Command.Running running = Command.of(words.toArray(String[]::new)).start();
        try {
            Await.until(
                    "the collector's address",
                    START,
                    () -> url(running) != null || !running.process().isAlive());
            if (url(running) == null) {
                throw new AssertionError("the collector did not start: " + running.err());
            }
            return new RunningCollector(running, url(running));
        } catch (Exception | Error failed) {
            running.close();
            throw failed;
        }
    }

    URI url() {
        return url;
    }

    long pid() {
        return running.process().pid();
    }

    String get(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(url.resolve(path)).build();
        return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    /** The number of reports that the collector counts. */
    long reports() throws IOException, InterruptedException {
        String answer = get("/v1/count");
        String count = answer.replaceAll("(?s).*\"record_count\"\\s*:\\s*(\\d+).*", "$1");
        return Long.parseLong(count);
    }

    void awaitReports(long count) throws Exception {
        Await.until(count + " reports at the collector", Duration.ofSeconds(60), () -> {
            LockSupport.parkNanos(PAUSE.toNanos());
            return reports() >= count;
        });
    }

    /** Stops it as an operator does, and returns its exit status. */
    int stop() throws Exception {
        running.process().destroy();
        return running.end().status();
    }

    @Override
    public void close() throws IOException {
        running.close();
    }

    private static URI url(Command.Running running) throws IOException {
        for (String line : running.err().lines().toList()) {
            if (line.contains(READY)) {
                return URI.create(
                        line.substring(line.indexOf(READY) + READY.length()).trim());
            }
        }
        return null;
    }
}
