package org.usagestats.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.usagestats.api.Report;
import org.usagestats.api.UsageStats;
import org.usagestats.testkit.Await;

/** Whoever is killed, and whenever: a report leaves the spool when the collector has it, and the collector has it once. */
class KillTest {

    private static final int ROUNDS = Boolean.getBoolean("usagestats.thorough") ? 40 : 4;
    private static final int COUNT = 150;
    private static final Duration AMPLE = Duration.ofSeconds(60);
    private static final int LONGEST_LIFE_MILLIS = 500;
    private static final Pattern NUMBER = Pattern.compile("\nnumber:(\\d+)\n");

    @TempDir
    private static Path directory;

    /** One that leaves closed segments as they are, and one that compresses them. */
    private static DisturbedCollector plain;

    private static DisturbedCollector compressing;

    private DisturbedCollector collector;

    @BeforeAll
    static void openCollectors() throws Exception {
        plain = new DisturbedCollector(directory.resolve("reports"));
        compressing = new DisturbedCollector(directory.resolve("compressed"), "--sink-option", "compress=gzip");
    }

    @AfterAll
    static void closeCollectors() throws Exception {
        plain.close();
        compressing.close();
    }

    @ParameterizedTest
    @CsvSource({
        "PROGRAM,in-process",
        "PROGRAM,detached",
        "DRAIN_PROCESS,detached",
        "COLLECTOR,in-process",
        "COLLECTOR,detached"
    })
    void everyReportThatLeftTheSpoolArrivedAndArrivedOnce(Victim victim, String dispatch) throws Exception {
        collector = plain;
        check(victim, dispatch, ROUNDS);
    }

    /** Each start closes the segment of the run before; while that is compressed, the next kill may come. */
    @Test
    void reportsInCompressedSegmentsArriveOnceToo() throws Exception {
        collector = compressing;
        check(Victim.COLLECTOR, "in-process", ROUNDS / 2);
        Await.until("a compressed segment", AMPLE, () -> hasCompressed(directory.resolve("compressed")));
    }

    /** Looks at names alone, since files go and come meanwhile. */
    private static boolean hasCompressed(Path reports) {
        for (File day : reports.toFile().listFiles()) {
            String[] names = day.list();
            if (names != null && Stream.of(names).anyMatch(name -> name.endsWith(".jsonl.gz"))) {
                return true;
            }
        }
        return false;
    }

    private void check(Victim victim, String dispatch, int rounds) throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < rounds; i++) {
            Path spool = directory.resolve(victim + "-" + dispatch + "-" + seed + "-" + i);
            int first = collector.takeNumbers(COUNT);

            Set<Integer> kept = kill(victim, dispatch, spool, first, random);

            String round = "seed " + seed + ", round " + i;
            Set<Integer> found = waiting(spool);
            found.addAll(collector.arrived(first, COUNT));
            assertThat(found).as(round).containsAll(kept);
            assertThatTheRestArrives(round, spool, first, kept);
        }
    }

    /** Who is killed with signal 9. */
    enum Victim {
        PROGRAM,
        DRAIN_PROCESS,
        COLLECTOR
    }

    /** Kills one of the three at some moment, the program soon after, and returns the numbers that it had said were kept. */
    private Set<Integer> kill(Victim victim, String dispatch, Path spool, int first, Random random) throws Exception {
        collector.open(spool).close();
        try (Command.Running program =
                collector.program(spool, dispatch, first, COUNT, "tells").start()) {
            Await.until("the first report", AMPLE, () -> !said(program).isEmpty());
            if (victim == Victim.DRAIN_PROCESS) {
                Await.until("the drain", AMPLE, () -> !DrainProcesses.of(spool).isEmpty());
            }
            LockSupport.parkNanos(
                    Duration.ofMillis(random.nextInt(LONGEST_LIFE_MILLIS)).toNanos());
            switch (victim) {
                case PROGRAM -> program.process().destroyForcibly().waitFor();
                case DRAIN_PROCESS -> DrainProcesses.of(spool).forEach(ProcessHandle::destroyForcibly);
                case COLLECTOR -> collector.killAndRestart();
            }
            Set<Integer> said = said(program);
            assertThat(program.err()).isEmpty();
            return said;
        }
    }

    private void assertThatTheRestArrives(String round, Path spool, int first, Set<Integer> kept) throws Exception {
        try (UsageStats next = collector.open(spool)) {
            Await.until("an empty spool", AMPLE, () -> next.deliver(AMPLE).remaining() == 0);
        }
        DrainProcesses.awaitEnd(spool);
        List<Integer> arrived = collector.arrived(first, COUNT);
        assertThat(arrived).as(round).doesNotHaveDuplicates().containsAll(kept);
        assertThat(spool.resolve("damaged")).as(round).doesNotExist();
    }

    private Set<Integer> waiting(Path spool) throws Exception {
        Set<Integer> waiting = new HashSet<>();
        try (UsageStats stats = collector.open(spool)) {
            for (Report report : stats.pending()) {
                Matcher matcher = NUMBER.matcher(report.text());
                assertThat(matcher.find()).as(report.text()).isTrue();
                waiting.add(Integer.parseInt(matcher.group(1)));
            }
        }
        return waiting;
    }

    private static Set<Integer> said(Command.Running program) throws Exception {
        Set<Integer> said = new HashSet<>();
        String out = program.out();
        for (String line : out.substring(0, out.lastIndexOf('\n') + 1).lines().toList()) {
            if (!line.equals("submitted")) {
                said.add(Integer.parseInt(line));
            }
        }
        return said;
    }
}
