package org.usagestats.sink.jsonl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.usagestats.sink.Durability;
import org.usagestats.sink.Query;
import org.usagestats.sink.kit.LocalDisk;

class CrashTest {

    private static final int ROUNDS = Boolean.getBoolean("usagestats.thorough") ? 200 : 10;
    private static final Pattern ACKNOWLEDGED = Pattern.compile("acknowledged ([0-9a-f-]{36})\\.");
    private static final Pattern STORED = Pattern.compile("\\{\"report_id\":\"([0-9a-f-]{36})\",.*\\}");

    @TempDir
    Path root;

    /** Appends reports from eight threads without end and prints the id of each that was acknowledged. */
    static final class Collector {

        public static void main(String[] arguments) throws IOException {
            JsonlSink sink = CrashTest.open(Path.of(arguments[0]), Form.valueOf(arguments[1]));
            for (int thread = 0; thread < 8; thread++) {
                new Thread(() -> append(sink)).start();
            }
        }

        private static void append(JsonlSink sink) {
            try {
                while (true) {
                    UUID id = UUID.randomUUID();
                    sink.append(List.of(Sample.report(id, "n:" + "x".repeat(id.hashCode() & 2047), Instant.now())));
                    System.out.println("acknowledged " + id + ".");
                }
            } catch (IOException failed) {
                System.err.println("the child failed: " + failed);
                System.exit(1);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void whateverWasAcknowledgedBeforeAKillIsThereOnce(Form form) throws Exception {
        Random random = new Random(20260304);
        Set<String> acknowledged = new HashSet<>();
        for (int round = 0; round < ROUNDS; round++) {
            int before = acknowledged.size();
            killUnderLoad(form, random, acknowledged);
            assertThat(acknowledged).hasSizeGreaterThan(before);
            try (JsonlSink sink = open(root, form)) {
                Set<String> lost = new HashSet<>(acknowledged);
                lost.removeAll(storedIds(sink));
                assertThat(lost).as("round %d", round).isEmpty();
                assertThat(sink.query(Query.count()).coverage().damaged())
                        .as("round %d", round)
                        .isZero();
            }
        }
        assertThat(new CompressedLog(root).compressed().isEmpty()).isEqualTo(form == Form.PLAIN);
    }

    private static JsonlSink open(Path root, Form form) throws IOException {
        Settings settings = new Settings(
                new Layout(root), "web1", Durability.ALWAYS, 100_000, Duration.ofMillis(30), Keep.FOR_EVER, form);
        return JsonlSink.open(settings, new LocalDisk(), Instant.now());
    }

    private void killUnderLoad(Form form, Random random, Set<String> acknowledged) throws Exception {
        Process collector = ChildJvm.start(Collector.class, root.toString(), form.name());
        try (BufferedReader said = collector.inputReader()) {
            for (int left = 1 + random.nextInt(300); left > 0; left--) {
                read(said.readLine(), acknowledged);
            }
            LockSupport.parkNanos(random.nextInt(2_000_000));
            collector.toHandle().destroyForcibly(); // leaves open what it has printed
            for (String line = said.readLine(); line != null; line = said.readLine()) {
                read(line, acknowledged);
            }
        } finally {
            collector.destroyForcibly().waitFor();
        }
    }

    /** Takes an id from a line, unless the kill has torn the line. */
    private static void read(String line, Set<String> acknowledged) {
        Matcher matcher = ACKNOWLEDGED.matcher(String.valueOf(line));
        if (matcher.matches()) {
            acknowledged.add(matcher.group(1));
        }
    }

    private static Set<String> storedIds(JsonlSink sink) throws IOException {
        Set<String> ids = new HashSet<>();
        for (String line : Sample.exported(sink)) {
            Matcher matcher = STORED.matcher(line);
            assertThat(matcher.matches()).as(line).isTrue();
            assertThat(ids.add(matcher.group(1))).as("%s is there once", line).isTrue();
        }
        return ids;
    }
}
