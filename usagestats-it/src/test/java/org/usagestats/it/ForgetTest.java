package org.usagestats.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.usagestats.api.Erasure;
import org.usagestats.testkit.Await;

/** A user who wants to be forgotten is, by a real collector and either sink, and nobody else is. */
class ForgetTest {

    private static final String MINE = "mark-of-the-one-who-forgets";
    private static final String OTHERS = "mark-of-all-others";
    private static final int MINE_COUNT = 30;
    private static final int OTHERS_COUNT = 1000;
    private static final Duration MINUTE = Duration.ofSeconds(90);

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({"jsonl, in-process", "jsonl, detached", "files, in-process"})
    void exactlyThisInstallationsReportsGoWhileAThousandOthersArrive(String sink, String dispatch) throws Exception {
        Path kept = directory.resolve("reports");
        try (RunningCollector collector = RunningCollector.start(sink + ":" + kept)) {
            run(collector, dispatch, "send", MINE, MINE_COUNT);
            assertThat(count(collector, MINE)).isEqualTo(MINE_COUNT);
            strangersTry(collector);
            assertThat(count(collector, MINE)).isEqualTo(MINE_COUNT);

            ExecutorService threads = Executors.newFixedThreadPool(4);
            try {
                List<Future<?>> others = new ArrayList<>();
                for (int i = 0; i < OTHERS_COUNT; i++) {
                    others.add(threads.submit(() -> sendAnother(collector)));
                }
                assertThat(run(collector, dispatch, "forget").out()).isEqualTo(MINE_COUNT + "\n");
                for (Future<?> other : others) {
                    other.get();
                }
            } finally {
                threads.shutdownNow();
            }

            Await.until("the collector to forget", MINUTE, () -> count(collector, MINE) == 0);
            assertThat(count(collector, OTHERS)).isEqualTo(OTHERS_COUNT);
            Await.until("every byte to be gone", MINUTE, () -> !contains(kept, MINE));
            assertThat(count(collector, OTHERS)).isEqualTo(OTHERS_COUNT);
        }
        try (RunningCollector again = RunningCollector.start(sink + ":" + kept)) {
            assertThat(again.reports()).isEqualTo(OTHERS_COUNT);
        }
        assertThat(directory.resolve("stats").toFile().list()).doesNotContain("erasable", "forgetting", "forget");
    }

    @ParameterizedTest
    @ValueSource(strings = {"in-process", "detached"})
    void killedInTheMiddleItIsCompletedByTheNextRunAlsoAfterANo(String dispatch) throws Exception {
        Path kept = directory.resolve("reports");
        URI url;
        try (RunningCollector collector = RunningCollector.start("jsonl:" + kept)) {
            url = collector.url();
            run(collector, dispatch, "send", MINE, MINE_COUNT);
        }
        // Nobody listens now, and the wish is noted: the program is killed while it waits for an answer or a time to
        // ask.
        try (Command.Running forgetting = command(url, "in-process", "forget").start()) {
            Await.until(
                    "the wish to be noted",
                    Duration.ofSeconds(30),
                    () -> Files.exists(directory.resolve("stats/forgetting")));
            forgetting.process().destroyForcibly();
        }
        String listen = "127.0.0.1:" + url.getPort();
        try (RunningCollector collector = RunningCollector.start(Built.SERVER_DIST, "jsonl:" + kept, listen)) {
            assertThat(count(collector, MINE)).isEqualTo(MINE_COUNT);
            Files.deleteIfExists(directory.resolve("stats/drain"));

            assertThat(run(collector, dispatch, "disable").out()).isEqualTo("DISABLED\n");

            run(collector, dispatch, "open");
            Await.until("the collector to forget", MINUTE, () -> count(collector, MINE) == 0);
            Await.until("every byte to be gone", MINUTE, () -> !contains(kept, MINE));
        }
    }

    @Test
    void aWishThatTheEnvironmentForbidsToSendIsKeptUntilItDoesNot() throws Exception {
        try (RunningCollector collector = RunningCollector.start("files:" + directory.resolve("reports"))) {
            run(collector, "in-process", "send", MINE, 3);

            Command.Ended off = command(collector.url(), "in-process", "forget")
                    .with("DO_NOT_TRACK", "1")
                    .run();
            assertThat(off.out()).isEqualTo("3\n");
            assertThat(count(collector, MINE)).isEqualTo(3);

            run(collector, "in-process", "open");
            Await.until("the collector to forget", MINUTE, () -> count(collector, MINE) == 0);
        }
    }

    /** Whoever guesses, or even knows the ids, erases nothing without the secrets, and is told nothing. */
    private void strangersTry(RunningCollector collector) throws Exception {
        StringBuilder lines = new StringBuilder();
        for (String id : idsOf(collector)) {
            lines.append(new Erasure(UUID.fromString(id), "0".repeat(64)).line())
                    .append('\n');
        }
        String known = post(collector, "/v1/erasures", lines.toString()).body();
        String unknown = post(
                        collector,
                        "/v1/erasures",
                        lines.toString()
                                .replaceAll("(?m)^.{36}", UUID.randomUUID().toString()))
                .body();
        assertThat(known).isEqualTo(unknown);
    }

    private static List<String> idsOf(RunningCollector collector) throws Exception {
        List<String> ids = new ArrayList<>();
        for (String line : collector.get("/v1/download/import").lines().toList()) {
            ids.add(line.replaceAll(".*\"report_id\":\"([^\"]*)\".*", "$1"));
        }
        assertThat(ids).hasSize(MINE_COUNT);
        return ids;
    }

    private Void sendAnother(RunningCollector collector) throws Exception {
        UUID id = UUID.randomUUID();
        String body =
                "date:" + System.currentTimeMillis() / 1000 + ".000\nversion:1\nprogram:other\nmark:" + OTHERS + "\n";
        HttpRequest request = HttpRequest.newBuilder(collector.url())
                .header("Usagestats-Report-Id", id.toString())
                .header("Usagestats-Erase", new Erasure(id, "1".repeat(64)).hash())
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return null;
    }

    private final HttpClient client = HttpClient.newHttpClient();

    private HttpResponse<String> post(RunningCollector collector, String path, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(collector.url().resolve(path))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static long count(RunningCollector collector, String mark) throws Exception {
        String answer = collector.get("/v1/count?group_by=mark");
        String counted = answer.replaceAll("(?s).*\"" + mark + "\"\\s*:\\s*(\\d+).*", "$1");
        return counted.equals(answer) ? 0 : Long.parseLong(counted);
    }

    /** Whether any file under a folder holds a text. */
    private static boolean contains(Path folder, String text) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text)) {
                    return true;
                }
            }
        }
        return false;
    }

    private Command.Ended run(RunningCollector collector, String dispatch, Object... args) throws Exception {
        Command.Ended ended = command(collector.url(), dispatch, args).run();
        assertThat(ended.err()).isEmpty();
        assertThat(ended.status()).isZero();
        return ended;
    }

    private Command command(URI url, String dispatch, Object... args) {
        List<String> words = new ArrayList<>(List.of(
                Built.java(),
                "-cp",
                Built.classPath("usagestats-api", "usagestats-core", "transport-http", "transport-subprocess"),
                ForgetMain.class.getName(),
                directory.resolve("stats").toString(),
                url.toString(),
                dispatch));
        for (Object arg : args) {
            words.add(arg.toString());
        }
        return Command.of(words.toArray(String[]::new));
    }
}
