package org.usagestats.sink.jsonl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.usagestats.sink.jsonl.Sample.NOON;
import static org.usagestats.sink.jsonl.Sample.exported;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usagestats.sink.Durability;
import org.usagestats.sink.Outcome;
import org.usagestats.sink.Query;
import org.usagestats.sink.testkit.FaultyDisk;
import org.usagestats.testkit.Await;

/** Who is forgotten leaves nothing in any file, and nobody else loses a report. */
class ErasureTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Sender FORGOTTEN = new Sender("to-be-forgotten", 7);
    private static final Sender OTHER = new Sender("somebody-else", 8);

    @TempDir
    Path root;

    @Test
    void oneOfAThousandSendersIsForgottenWhileOthersSend() throws Exception {
        try (JsonlSink sink = open("web1", 2_000)) {
            fill(sink, 30, 1_000);
            assertThat(new Layout(root).segments()).hasSizeGreaterThan(30);
            AtomicBoolean enough = new AtomicBoolean();
            CompletableFuture<Integer> more = CompletableFuture.supplyAsync(() -> appendUntil(sink, 1_000, enough));

            sink.erase(FORGOTTEN.erasures(30));
            assertThat(exported(sink)).noneMatch(FORGOTTEN::sent);
            awaitNoTraces(30);
            enough.set(true);

            int others = more.join();
            assertThat(exported(sink)).hasSize(others).allMatch(OTHER::sent);
            assertThat(sink.query(Query.count()).coverage().damaged()).isZero();
        }
        try (JsonlSink sink = open("web1", 2_000)) {
            assertThat(exported(sink)).hasSizeGreaterThan(1_000).allMatch(OTHER::sent);
            assertThat(sink.append(List.of(FORGOTTEN.report(3), OTHER.report(3))))
                    .containsExactly(Outcome.DUPLICATE, Outcome.DUPLICATE);
        }
        assertThat(FORGOTTEN.traces(root, 30)).isEmpty();
    }

    @Test
    void anIdThatWasErasedStaysTakenAfterARestart() throws Exception {
        try (JsonlSink sink = open("web1", 1 << 20)) {
            fill(sink, 2, 2);
            sink.erase(FORGOTTEN.erasures(2));
            awaitNoTraces(2);
        }
        try (JsonlSink sink = open("web1", 1 << 20)) {
            assertThat(sink.append(List.of(FORGOTTEN.report(1), Sample.report(FORGOTTEN.id(1), "n:other", NOON))))
                    .containsExactly(Outcome.DUPLICATE, Outcome.DUPLICATE);
            assertThat(exported(sink)).hasSize(2).allMatch(OTHER::sent);
        }
    }

    @Test
    void whatIsDerivedCanBeDeletedOrDamagedAtAnyTime() throws Exception {
        try (JsonlSink sink = open("web1", 1_000)) {
            fill(sink, 9, 100);
            Await.until("the keys are derived", MINUTE, () -> derived().size() > 15);
            List<Path> derived = derived();
            for (int i = 0; i < derived.size(); i++) {
                damage(derived.get(i), i % 4);
            }
            sink.erase(FORGOTTEN.erasures(9));

            assertThat(exported(sink)).hasSize(100).allMatch(OTHER::sent);
            awaitNoTraces(9);
            assertThat(exported(sink)).hasSize(100).allMatch(OTHER::sent);
        }
    }

    @Test
    void instancesThatShareADirectoryEraseEachOthersReports() throws Exception {
        try (JsonlSink gone = open("gone", 1_000)) {
            fill(gone, 5, 20);
        }
        try (JsonlSink one = open("web1", 1_000);
                JsonlSink two = open("web2", 1_000)) {
            for (int report = 5; report < 40; report++) {
                (report % 2 == 0 ? one : two).append(List.of(FORGOTTEN.report(report), OTHER.report(20 + report)));
            }
            one.erase(FORGOTTEN.erasures(39));

            assertThat(exported(one).stream().filter(FORGOTTEN::sent)).hasSize(1);
            assertThat(exported(two).stream().filter(FORGOTTEN::sent)).hasSize(1);
            assertThat(two.append(List.of(FORGOTTEN.report(6), FORGOTTEN.report(7))))
                    .containsExactly(Outcome.DUPLICATE, Outcome.DUPLICATE);
            two.erase(List.of(FORGOTTEN.erasure(39)));
            awaitNoTraces(40);
            for (JsonlSink sink : List.of(one, two)) {
                assertThat(exported(sink)).hasSize(55).allMatch(OTHER::sent);
                assertThat(sink.query(Query.count()).coverage().damaged()).isZero();
            }
        }
    }

    @Test
    void quarantineAndDamagedLinesAreErasedToo() throws Exception {
        try (JsonlSink sink = open("web1", 1 << 20)) {
            fill(sink, 4, 4);
        }
        Path segment = new Layout(root).file(new Layout(root).segments().get(0));
        String lines = Files.readString(segment);
        String again = lines.lines().filter(FORGOTTEN::sent).findFirst().orElseThrow();
        Files.writeString(segment, lines.replaceFirst("\n", " ") + again.substring(0, again.length() - 20));
        try (JsonlSink sink = open("web1", 1 << 20)) {
            assertThat(new Layout(root).quarantined()).hasSize(1);
            assertThat(sink.query(Query.count()).coverage().damaged()).isOne();
            sink.erase(FORGOTTEN.erasures(4));
            awaitNoTraces(4);

            assertThat(exported(sink)).hasSizeBetween(3, 4).allMatch(OTHER::sent);
            assertThat(Files.size(new Layout(root).quarantined().get(0))).isZero();
        }
    }

    @Test
    void filesPutThereByHandAreErasedFromToo() throws Exception {
        Path file = Files.createDirectories(root.resolve(Sample.DAY)).resolve("by-hand.jsonl");
        Files.writeString(file, Sample.json(FORGOTTEN.report(0)) + "\n" + Sample.json(OTHER.report(0)) + "\n");
        try (JsonlSink sink = open("web1", 1 << 20)) {
            sink.erase(FORGOTTEN.erasures(1));
            assertThat(exported(sink)).containsExactly(Sample.json(OTHER.report(0)));
            awaitNoTraces(1);
        }
        assertThat(Files.readString(file)).isEqualTo(Sample.json(OTHER.report(0)) + "\n");
    }

    @Test
    void oldListsAreForgotten() throws Exception {
        Path old = new Layout(root).erasures().resolve("1000000000000-00000000-0000-0000-0000-000000000000.list");
        Path torn = new Layout(root).erasures().resolve("9000000000000-00000000-0000-0000-0000-000000000000.list");
        try (JsonlSink sink = open("web1", 1 << 20)) {
            fill(sink, 1, 1);
            sink.erase(FORGOTTEN.erasures(1));
            awaitNoTraces(1);
        }
        try (Stream<Path> lists = Files.list(old.resolveSibling(""))) {
            Path list = lists.filter(file -> file.toString().endsWith(".list"))
                    .findFirst()
                    .orElseThrow();
            Files.move(list, old);
        }
        Files.writeString(torn, Files.readString(old).replaceFirst("[0-9a-f]", "!"));
        try (JsonlSink sink = open("web1", 1 << 20)) {
            assertThat(exported(sink)).allMatch(OTHER::sent);
            Await.until("the old list is deleted", MINUTE, () -> !Files.exists(old));
            assertThat(FORGOTTEN.traces(root, 1)).isEmpty();
            Await.until(
                    "the id is free again",
                    MINUTE,
                    () -> sink.append(List.of(FORGOTTEN.report(0))).contains(Outcome.STORED));
        }
        assertThat(torn).exists();
    }

    @Test
    void anErasureThatTheDiskDoesNotConfirmFailsAndCanBeAskedForAgain() throws Exception {
        FaultyDisk disk = new FaultyDisk();
        Settings settings = Sample.settings(root);
        for (int failing = 1; failing <= 6; failing++) {
            try (JsonlSink sink = JsonlSink.open(settings, disk, NOON)) {
                sink.append(List.of(FORGOTTEN.report(failing), OTHER.report(failing)));
                sink.query(Query.count()); // makes what the start goes to make
                sink.erase(List.of(OTHER.erasure(1_000))); // brings up to date what is derived
                int from = disk.operations();
                int at = failing;
                disk.failWhen(operation -> operation == from + at);
                assertThatIOException().isThrownBy(() -> sink.erase(List.of(FORGOTTEN.erasure(at))));
                disk.failWhen(operation -> false);

                sink.erase(List.of(FORGOTTEN.erasure(failing)));
                assertThat(exported(sink)).hasSize(failing).allMatch(OTHER::sent);
            }
        }
    }

    @Test
    void aClosedSinkErasesNothing() throws IOException {
        JsonlSink sink = open("web1", 1 << 20);
        sink.close();
        assertThatIOException()
                .isThrownBy(() -> sink.erase(FORGOTTEN.erasures(1)))
                .withMessage("the sink is closed");
    }

    private JsonlSink open(String instance, long segmentBytes) throws IOException {
        Settings settings = new Settings(
                new Layout(root),
                instance,
                Durability.ALWAYS,
                segmentBytes,
                Duration.ofMillis(50),
                Keep.FOR_EVER,
                Form.PLAIN);
        return JsonlSink.open(settings, new FaultyDisk(), NOON);
    }

    /** Appends reports of both senders, well mixed. */
    private static void fill(JsonlSink sink, int theirs, int others) throws IOException {
        for (int report = 0; report < others; report++) {
            sink.append(List.of(OTHER.report(report)));
            if (report % (others / theirs) == 0 && report * theirs / others < theirs) {
                sink.append(List.of(FORGOTTEN.report(report * theirs / others)));
            }
        }
    }

    private static int appendUntil(JsonlSink sink, int first, AtomicBoolean enough) {
        int report = first;
        try {
            while (!enough.get()) {
                assertThat(sink.append(List.of(OTHER.report(report++)))).containsExactly(Outcome.STORED);
            }
            return report;
        } catch (IOException failed) {
            throw new CompletionException(failed);
        }
    }

    private void awaitNoTraces(int end) throws Exception {
        List<String> traces = new ArrayList<>();
        try {
            Await.until("nothing of them is left", MINUTE, () -> {
                traces.clear();
                traces.addAll(FORGOTTEN.traces(root, end));
                return traces.isEmpty();
            });
        } catch (AssertionError left) {
            assertThat(traces).as(left.getMessage()).isEmpty();
        }
    }

    private List<Path> derived() throws IOException {
        Path derived = new Layout(root).derived();
        if (!Files.isDirectory(derived)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(derived)) {
            return files.filter(file -> file.toString().endsWith(".keys")).toList();
        }
    }

    private static void damage(Path file, int how) throws IOException {
        switch (how) {
            case 0 -> Files.delete(file);
            case 1 -> Files.write(file, new byte[] {1, 2, 3}, StandardOpenOption.TRUNCATE_EXISTING);
            case 2 -> {
                byte[] bytes = Files.readAllBytes(file);
                bytes[bytes.length - 100] ^= 1;
                Files.write(file, bytes);
            }
            default -> Files.writeString(file, "x", StandardCharsets.US_ASCII, StandardOpenOption.APPEND);
        }
    }
}
