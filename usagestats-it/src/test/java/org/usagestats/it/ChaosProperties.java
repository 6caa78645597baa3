package org.usagestats.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.usagestats.api.UsageStats;
import org.usagestats.testkit.Await;
import org.usagestats.testkit.Fault;
import org.usagestats.testkit.Fault.Treatment;
import org.usagestats.testkit.Passage;
import org.usagestats.testkit.Passage.End;

/** Whatever happens to the connections one after the other, each report arrives once and in order. */
class ChaosProperties {

    private static final Duration AMPLE = Duration.ofSeconds(60);

    /** Shorter than a client waits by itself, so that the silent faults cost less time. */
    private static final Duration SHORT = Duration.ofMillis(400);

    private static Path directory;
    private static DisturbedCollector collector;

    @BeforeContainer
    static void openCollector() throws Exception {
        directory = Files.createTempDirectory("chaos");
        collector = new DisturbedCollector(directory.resolve("reports"));
    }

    @AfterContainer
    static void closeCollector() throws Exception {
        collector.close();
        Built.delete(directory);
    }

    @Property(tries = 12, shrinking = ShrinkingMode.OFF)
    void eachReportArrivesOnceAndInOrder(
            @ForAll("faults") @Size(min = 1, max = 6) List<Fault> faults,
            @ForAll @IntRange(min = 1, max = 12) int count)
            throws Exception {
        deliverThrough(faults, count);
    }

    @Property(tries = 500, shrinking = ShrinkingMode.OFF)
    void thoroughlyEachReportArrivesOnceAndInOrder(
            @ForAll("faults") @Size(min = 1, max = 20) List<Fault> faults,
            @ForAll @IntRange(min = 1, max = 100) int count)
            throws Exception {
        if (Boolean.getBoolean("usagestats.thorough")) {
            deliverThrough(faults, count);
        }
    }

    private static void deliverThrough(List<Fault> faults, int count) throws Exception {
        int first = collector.takeNumbers(count);
        int connections = collector.network().connections() + faults.size();
        collector.network().next(faults.toArray(Fault[]::new));
        try (UsageStats stats = collector.open(directory.resolve("spool-" + first))) {
            DisturbedCollector.submit(stats, first, count);
            Await.until(
                    "the end of the faults or of the reports",
                    AMPLE,
                    () -> stats.deliver(SHORT).remaining() == 0
                            || collector.network().connections() >= connections);
            collector.network().calm();
            Await.until("an empty spool", AMPLE, () -> stats.deliver(AMPLE).remaining() == 0);
        }
        assertThat(collector.arrived(first, count))
                .isEqualTo(IntStream.range(first, first + count).boxed().toList());
    }

    @Provide
    static Arbitrary<List<Fault>> faults() {
        return Arbitraries.frequencyOf(
                        Tuple.of(8, disturbed()), Tuple.of(1, treated(Treatment.REFUSED, Treatment.IGNORED)))
                .list();
    }

    private static Arbitrary<Fault> disturbed() {
        return Combinators.combine(
                        Arbitraries.frequency(Tuple.of(3, Treatment.FORWARDED), Tuple.of(1, Treatment.DUPLICATED)),
                        passages(),
                        passages())
                .as(Fault::new);
    }

    private static Arbitrary<Fault> treated(Treatment... treatments) {
        return Arbitraries.of(treatments).map(treatment -> new Fault(treatment, Passage.free(), Passage.free()));
    }

    /** How bytes pass; the limits reach into the third exchange or so of a connection. */
    private static Arbitrary<Passage> passages() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 100).map(Duration::ofMillis),
                        Arbitraries.frequency(Tuple.of(3, 0), Tuple.of(1, 50), Tuple.of(1, 200)),
                        Arbitraries.frequencyOf(
                                Tuple.of(1, Arbitraries.just(Long.MAX_VALUE)),
                                Tuple.of(3, Arbitraries.longs().between(0, 1500))),
                        Arbitraries.frequency(
                                Tuple.of(3, End.CLOSED), Tuple.of(3, End.RESET), Tuple.of(1, End.SWALLOWED)))
                .as(Passage::new);
    }
}
