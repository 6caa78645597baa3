package org.usagestats.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.usagestats.api.UsageStats;
import org.usagestats.core.UsageStatsClient;
import org.usagestats.testkit.LoopbackCollector;

/**
 * A program whose disk fails, or lies, in the middle of one write: it goes on as always, and what is half written is never
 * sent. Which write of which thread it is, shows a run before.
 */
@EnabledOnOs(OS.LINUX)
class FailingWritesTest {

    private static final Command.Ended AS_ALWAYS = new Command.Ended(0, "submitted\n", "");
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    @TempDir
    Path directory;

    private Path stats;
    private URI dropPoint;
    private String reports = "1";

    @BeforeEach
    void place() throws Exception {
        stats = directory.toRealPath().resolve("stats");
        assumeTrue(Command.of("true").after(strace("trace=write")).run().status() == 0, "strace does not run here");
    }

    /** The files are told apart by how their content begins: a report, the file {@code child}, the file {@code drain}. */
    @ParameterizedTest
    @CsvSource({"in-process,date:", "detached,date:", "detached,program:", "detached,ended:"})
    void anErrorInAWriteChangesNothingForTheProgram(String dispatch, String content) throws Exception {
        try (LoopbackCollector collector = LoopbackCollector.open()) {
            dropPoint = collector.dropPoint();

            assertThatNothingChanges(dispatch, content, "error=EIO");

            assertThatOnlyWholeReportsArrive(collector);
        }
    }

    @Test
    void anErrorWhenADrainInProcessKeepsItsStateChangesNothingForTheProgram() throws Exception {
        // There is no transport for this, so that no thread of an HTTP client writes as often as it likes.
        dropPoint = URI.create("gopher://localhost/");
        // The first write fails in every thread, that of the first report too; the second report has the drain start.
        reports = "2";

        assertThatNothingChanges("in-process", "ended:", "error=EIO");

        assertThat(stats.resolve("drain")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"in-process", "detached"})
    void aReportOfWhichADiskKeptAPartIsSetAside(String dispatch) throws Exception {
        try (LoopbackCollector collector = LoopbackCollector.open()) {
            dropPoint = collector.dropPoint();

            assertThatNothingChanges(dispatch, "date:", "retval=20");

            assertThatOnlyWholeReportsArrive(collector);
            assertThat(collector.received()).hasSize(1);
            assertThat(stats.resolve("damaged").toFile().list()).hasSize(1);
        }
    }

    private void assertThatNothingChanges(String dispatch, String content, String fault) throws Exception {
        Command.submitMain(stats.toString(), dropPoint.toString(), "in-process", "0", "0", "agrees")
                .run();
        long start = System.nanoTime();
        assertThat(program(dispatch, "trace=write")).isEqualTo(AS_ALWAYS);
        Duration undisturbed = Duration.ofNanos(System.nanoTime() - start);
        int write = indexOfWrite(content);
        forgetTheRun();

        start = System.nanoTime();
        assertThat(program(dispatch, "inject=write:" + fault + ":when=" + write))
                .isEqualTo(AS_ALWAYS);
        Duration disturbed = Duration.ofNanos(System.nanoTime() - start);

        assertThat(disturbed).isLessThan(undisturbed.multipliedBy(3).plus(LONGEST_WAIT));
        assertThat(Files.readAllLines(log()))
                .anyMatch(line ->
                        line.endsWith("(INJECTED)") && line.contains(stats.toString()) && line.contains(content));
    }

    /** Which of its thread's writes begins so. */
    private int indexOfWrite(String content) throws Exception {
        Map<String, Integer> counts = new HashMap<>();
        for (String line : Files.readAllLines(log())) {
            if (line.contains(" write(")) {
                int count = counts.merge(line.split(" ")[0], 1, Integer::sum);
                if (line.contains(stats.toString()) && line.contains("\"" + content)) {
                    return count;
                }
            }
        }
        throw new AssertionError("nothing that begins with " + content + " was written");
    }

    private Command.Ended program(String dispatch, String expression) throws Exception {
        // The JVM's own file for monitoring tools is written by the same threads, as often as it likes.
        List<String> flags = List.of("-XX:-UsePerfData");
        Command.Ended ended = Command.submitMain(
                        flags, stats.toString(), dropPoint.toString(), dispatch, "1", reports, "ends")
                .after(strace(expression))
                .run();
        DrainProcesses.awaitEnd(stats);
        return ended;
    }

    /** Delivers what the run left, if that can be, and deletes what it noted. */
    private void forgetTheRun() throws Exception {
        deliver();
        Files.deleteIfExists(stats.resolve("drain"));
        Files.deleteIfExists(stats.resolve("child"));
    }

    private int deliver() {
        try (UsageStats next = UsageStatsClient.builder("submit-main", "1.0")
                .location(stats)
                .dropPoint(dropPoint)
                .open()) {
            return next.deliver(Duration.ofSeconds(60)).remaining();
        }
    }

    private void assertThatOnlyWholeReportsArrive(LoopbackCollector collector) {
        assertThat(deliver()).isZero();
        assertThat(collector.received())
                .isNotEmpty()
                .allSatisfy(request -> assertThat(request.text()).matches("(?s)date:.*\nnumber:1\n"));
        assertThat(stats.toFile().list((folder, name) -> name.startsWith(".tmp-")))
                .isEmpty();
    }

    private Path log() {
        return directory.resolve("log");
    }

    private List<String> strace(String expression) {
        List<String> words = new ArrayList<>(List.of("strace", "-f", "-qq", "-y", "--seccomp-bpf"));
        words.addAll(List.of("-o", log().toString(), "-e", "trace=write", "-e", expression));
        return words;
    }
}
