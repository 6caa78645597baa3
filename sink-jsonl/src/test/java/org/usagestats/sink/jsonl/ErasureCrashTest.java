package org.usagestats.sink.jsonl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usagestats.sink.Durability;
import org.usagestats.sink.Query;
import org.usagestats.sink.kit.Disk;
import org.usagestats.sink.kit.LocalDisk;
import org.usagestats.sink.testkit.FaultyDisk;
import org.usagestats.testkit.Await;

/** An erasure that was acknowledged before a kill is kept, and no segment is ever there in part. */
class ErasureCrashTest {

    private static final int ROUNDS = Boolean.getBoolean("usagestats.thorough") ? 50 : 5;
    private static final int THEIRS = 60;
    private static final int OTHERS = 1000;
    private static final Sender FORGOTTEN = new Sender("to-be-forgotten", 7);
    private static final Sender OTHER = new Sender("somebody-else", 8);

    @TempDir
    Path temporary;

    /** Erases, says so, and asks each time before it changes the disk; sends for others meanwhile. */
    static final class Collector {

        public static void main(String[] arguments) throws IOException {
            JsonlSink sink = open(Path.of(arguments[0]), new AskingDisk());
            sink.erase(FORGOTTEN.erasures(THEIRS));
            System.out.println("erased");
            for (int report = OTHERS; ; report++) {
                sink.append(List.of(OTHER.report(report, Instant.now())));
            }
        }
    }

    /** A disk that says what is about to be done to it, and waits for a byte on standard input. */
    static final class AskingDisk extends FaultyDisk {

        private final Disk disk = new LocalDisk();

        private static void ask(String what) throws IOException {
            System.out.println(what);
            if (System.in.read() < 0) {
                throw new EOFException("nobody answers");
            }
        }

        @Override
        public void write(FileChannel file, ByteBuffer bytes) throws IOException {
            ask("write");
            disk.write(file, bytes);
        }

        @Override
        public void sync(FileChannel file) throws IOException {
            disk.sync(file);
        }

        @Override
        public void replace(Path file, Path other) throws IOException {
            ask("replace");
            disk.replace(file, other);
        }

        @Override
        public void delete(Path file) throws IOException {
            ask("delete");
            disk.delete(file);
        }

        @Override
        public void syncDirectory(Path directory) throws IOException {
            ask("sync directory");
            disk.syncDirectory(directory);
        }
    }

    @Test
    void eachSegmentIsOldOrNewAndTheErasureIsCompletedAfterwards() throws Exception {
        Random random = new Random(20260307);
        int unfinished = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Path root = Files.createDirectory(temporary.resolve("round" + round));
            fill(root);
            Map<Path, String> before = segments(root);
            killWhileErasing(root, 1 + random.nextInt(10));
            unfinished += isOldOrNew(before, segments(root)) ? 1 : 0;
            try (JsonlSink sink = open(root, new LocalDisk())) {
                assertThat(Sample.exported(sink))
                        .as("round %d", round)
                        .hasSizeGreaterThanOrEqualTo(OTHERS)
                        .allMatch(OTHER::sent);
                Await.until(
                        "nothing of them is left",
                        Duration.ofMinutes(1),
                        () -> FORGOTTEN.traces(root, THEIRS).isEmpty());
                assertThat(Sample.exported(sink))
                        .hasSizeGreaterThanOrEqualTo(OTHERS)
                        .allMatch(OTHER::sent);
                assertThat(sink.query(Query.count()).coverage().damaged()).isZero();
            }
        }
        assertThat(unfinished).as("kills in the middle of the rewrite").isPositive();
    }

    private static JsonlSink open(Path root, Disk disk) throws IOException {
        Settings settings = new Settings(
                new Layout(root), "web1", Durability.ALWAYS, 8_000, Duration.ofMillis(20), Keep.FOR_EVER, Form.PLAIN);
        return JsonlSink.open(settings, disk, Instant.now());
    }

    private static void fill(Path root) throws IOException {
        try (JsonlSink sink = open(root, new FaultyDisk())) {
            for (int report = 0; report < OTHERS; report++) {
                sink.append(List.of(OTHER.report(report, Instant.now())));
                if (report % (OTHERS / THEIRS) == 0) {
                    sink.append(List.of(FORGOTTEN.report(report * THEIRS / OTHERS, Instant.now())));
                }
            }
        }
    }

    /** Kills when a file is about to be replaced for the given time since the erasure was taken. */
    private static void killWhileErasing(Path root, int replacements) throws Exception {
        Process collector = ChildJvm.start(Collector.class, root.toString());
        try (BufferedReader said = collector.inputReader();
                OutputStream answers = collector.getOutputStream()) {
            goOnUntil("erased", said, answers);
            for (int replaced = 0; replaced < replacements; replaced++) {
                answers.write('\n');
                answers.flush();
                goOnUntil("replace", said, answers);
            }
            collector.destroyForcibly().waitFor();
        } finally {
            collector.destroyForcibly();
        }
    }

    private static void goOnUntil(String what, BufferedReader said, OutputStream answers) throws IOException {
        for (String line = said.readLine(); !what.equals(line); line = said.readLine()) {
            assertThat(line).as("what is said before %s", what).isNotNull();
            answers.write('\n');
            answers.flush();
        }
    }

    private static Map<Path, String> segments(Path root) throws IOException {
        Map<Path, String> contents = new TreeMap<>();
        Layout layout = new Layout(root);
        for (Segment segment : layout.segments()) {
            contents.put(layout.file(segment), Files.readString(layout.file(segment), StandardCharsets.UTF_8));
        }
        return contents;
    }

    /** Checks each segment that there was; tells whether some are old and some are new. */
    private static boolean isOldOrNew(Map<Path, String> before, Map<Path, String> after) {
        List<Boolean> changed = new ArrayList<>();
        before.forEach((file, old) -> {
            String without = old.lines()
                    .filter(line -> !FORGOTTEN.sent(line))
                    .map(line -> line + "\n")
                    .collect(Collectors.joining());
            assertThat(after.get(file)).as("%s", file).isIn(old, without);
            if (!old.equals(without)) {
                changed.add(after.get(file).equals(without));
            }
        });
        assertThat(changed).hasSizeGreaterThan(10);
        return changed.contains(true) && changed.contains(false);
    }
}
