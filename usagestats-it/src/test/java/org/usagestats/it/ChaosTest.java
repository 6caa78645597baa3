package org.usagestats.it;

import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.usagestats.testkit.Fault.inAnswer;
import static org.usagestats.testkit.Fault.inRequest;
import static org.usagestats.testkit.Passage.cutAfter;
import static org.usagestats.testkit.Passage.delayed;
import static org.usagestats.testkit.Passage.dribbled;
import static org.usagestats.testkit.Passage.resetAfter;
import static org.usagestats.testkit.Passage.swallowedAfter;

import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.usagestats.api.UsageStats;
import org.usagestats.testkit.Await;
import org.usagestats.testkit.Fault;

/** Whatever the network does to a delivery, each report arrives once and in order, and the program does not notice. */
class ChaosTest {

    private static final int COUNT = 5;
    private static final Duration AMPLE = Duration.ofSeconds(60);

    /** What a program may take longer than undisturbed: the second that it waits, and the end of a wait. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

    @TempDir
    private static Path directory;

    private static DisturbedCollector collector;
    private static Duration undisturbed;

    @BeforeAll
    static void openCollector() throws Exception {
        collector = new DisturbedCollector(directory.resolve("reports"));
        undisturbed = run("undisturbed", "in-process", collector.takeNumbers(COUNT));
    }

    @AfterAll
    static void closeCollector() throws Exception {
        collector.close();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void everyReportOfAProgramThatDeliversInProcessArrivesOnce(String name, Fault fault) throws Exception {
        int first = collector.takeNumbers(COUNT);
        collector.network().next(fault);

        assertThat(run(name, "in-process", first)).isLessThan(longest());

        assertThatAllArriveOnceInOrder(name, first);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faultsOfEachKind")
    void everyReportOfAProgramThatDeliversDetachedArrivesOnce(String name, Fault fault) throws Exception {
        int first = collector.takeNumbers(COUNT);
        int before = collector.network().connections();
        collector.network().next(fault);

        assertThat(run("detached " + name, "detached", first)).isLessThan(longest());

        Await.until("the connection", AMPLE, () -> collector.network().connections() > before);
        assertThatAllArriveOnceInOrder("detached " + name, first);
        DrainProcesses.awaitEnd(spool("detached " + name));
    }

    static Stream<Arguments> faults() {
        return Stream.concat(
                faultsOfEachKind(),
                Stream.of(
                        arguments("request delayed", inRequest(delayed(Duration.ofMillis(500)))),
                        arguments("request dribbled", inRequest(dribbled(20))),
                        arguments("request cut in its body", inRequest(cutAfter(300))),
                        arguments("request swallowed", inRequest(swallowedAfter(100))),
                        arguments("answer delayed", inAnswer(delayed(Duration.ofMillis(500)))),
                        arguments("answer dribbled", inAnswer(dribbled(5))),
                        arguments("answer cut in its head", inAnswer(cutAfter(40))),
                        arguments("second answer cut", inAnswer(cutAfter(250))),
                        arguments("answer reset", inAnswer(resetAfter(0))),
                        arguments("answer swallowed", inAnswer(swallowedAfter(0)))));
    }

    static Stream<Arguments> faultsOfEachKind() {
        return Stream.of(
                arguments("refused", Fault.refused()),
                arguments("ignored", Fault.ignored()),
                arguments("request reset", inRequest(resetAfter(150))),
                arguments("answer lost", inAnswer(cutAfter(0))),
                arguments("duplicated", Fault.duplicated()));
    }

    private static Duration longest() {
        return undisturbed.multipliedBy(3).plus(LONGEST_WAIT);
    }

    /** Runs a program that submits and ends, and returns how long it took. */
    private static Duration run(String name, String dispatch, int first) throws Exception {
        collector.open(spool(name)).close();
        Command program = collector.program(spool(name), dispatch, first, COUNT, "ends");
        long start = System.nanoTime();
        assertThat(program.run()).isEqualTo(new Command.Ended(0, "submitted\n", ""));
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /** What the program left is delivered by the next one, which finds the network as it is by then. */
    private static void assertThatAllArriveOnceInOrder(String name, int first) throws Exception {
        try (UsageStats next = collector.open(spool(name))) {
            Await.until("an empty spool", AMPLE, () -> next.deliver(AMPLE).remaining() == 0);
        }
        assertThat(collector.arrived(first, COUNT))
                .isEqualTo(IntStream.range(first, first + COUNT).boxed().collect(toList()));
        assertThat(spool(name).resolve("damaged")).doesNotExist();
    }

    private static Path spool(String name) {
        return directory.resolve(name);
    }
}
