package org.usagestats.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.usagestats.api.Erasure;
import org.usagestats.api.Report;
import org.usagestats.spi.Delivery;
import org.usagestats.spi.Delivery.Answer;
import org.usagestats.spi.Transport;
import org.usagestats.spi.TransportConfig;
import org.usagestats.spi.TransportConfig.Plaintext;
import org.usagestats.spi.TransportProvider;

/**
 * What every transport promises: inherit it, give it your provider and a collector that your transport can reach.
 *
 * <p>The collector is real, on this machine, and does what the contract tells it to do with the next report. A
 * transport that can ask for erasure inherits {@link ErasingTransportContract} instead.
 */
public abstract class TransportContract {

    /** Longer than any exchange on this machine takes. */
    static final Duration AMPLE = Duration.ofSeconds(20);

    static final Duration SHORT = Duration.ofMillis(300);

    /** The other end of the transport. */
    protected interface Collector extends AutoCloseable {

        /**
         * Where it is reached.
         *
         * @return the drop point
         */
        URI dropPoint();

        /**
         * Says what becomes of the next report or list of erasures; without it, all are acknowledged.
         *
         * @param answer what the transport is to understand; {@code UNANSWERED} means that the collector takes it and
         *     stays silent
         */
        void answerNext(Answer answer);

        /**
         * What came whole so far.
         *
         * @return the contents of the reports in their order
         */
        List<byte[]> arrived();

        /** Ends it: after that nobody is reached at the drop point. */
        @Override
        void close() throws IOException;
    }

    Collector collector;
    Transport transport;

    /** For the classes that inherit the contract. */
    protected TransportContract() {}

    /**
     * The provider under test.
     *
     * @return a new one
     */
    protected abstract TransportProvider provider();

    /**
     * A collector that the transport can reach.
     *
     * @return a new one, ready to accept reports
     * @throws IOException if it cannot be opened
     */
    protected abstract Collector openCollector() throws IOException;

    @BeforeEach
    void openBothEnds() throws IOException {
        collector = openCollector();
        transport = provider().open(new TransportConfig(collector.dropPoint(), Plaintext.LOOPBACK, Optional.empty()));
    }

    @AfterEach
    void closeBothEnds() throws IOException {
        transport.close();
        collector.close();
    }

    @Test
    void namesItsSchemesInLowerCase() {
        Set<String> schemes = provider().schemes();

        assertThat(schemes).contains(collector.dropPoint().getScheme());
        assertThat(schemes).allSatisfy(scheme -> assertThat(scheme).isEqualTo(scheme.toLowerCase(Locale.ROOT)));
    }

    @Test
    void bringsTheContentByteForByte() {
        Report report = report("key with spaces: ä€\u0000\r\n\n:");

        assertThat(deliver(report)).isEqualTo(Answer.DELIVERED);
        assertThat(collector.arrived()).hasSize(1);
        assertThat(collector.arrived().get(0)).isEqualTo(report.content());
    }

    @Test
    void bringsReportsOneAfterTheOther() {
        for (int i = 0; i < 5; i++) {
            assertThat(deliver(report("note:" + i + "\n"))).isEqualTo(Answer.DELIVERED);
        }

        assertThat(collector.arrived())
                .extracting(content -> new String(content, StandardCharsets.UTF_8))
                .containsExactly("note:0\n", "note:1\n", "note:2\n", "note:3\n", "note:4\n");
    }

    @Test
    void tellsWhatTheCollectorAnsweredAndGoesOn() {
        for (Answer answer : List.of(Answer.REJECTED, Answer.REFUSED, Answer.RETRY_LATER)) {
            collector.answerNext(answer);
            assertThat(deliver(report("note:x\n"))).isEqualTo(answer);
            assertThat(deliver(report("note:x\n"))).isEqualTo(Answer.DELIVERED);
        }
    }

    @Test
    void saysWhatHappenedInOneLineWithoutTheContent() {
        for (Answer answer : Answer.values()) {
            collector.answerNext(answer);
            Delivery delivery = transport.deliver(report("note:very-private\n"), SHORT);
            assertThat(delivery.detail()).isNotBlank().doesNotContain("\n", "\r", "very-private");
        }
    }

    @Test
    void givesUpASilentCollectorAtTheLimit() {
        collector.answerNext(Answer.UNANSWERED);

        long start = System.nanoTime();
        Delivery delivery = transport.deliver(report("note:x\n"), SHORT);

        assertThat(delivery.answer()).isEqualTo(Answer.UNANSWERED);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(SHORT, AMPLE);
    }

    @Test
    void answersThatNobodyIsThereRatherThanThrowing() throws IOException {
        collector.close();

        assertThat(deliver(report("note:x\n"))).isEqualTo(Answer.UNANSWERED);
    }

    @Test
    void endsADeliveryAtOnceWhenAnotherThreadCloses() throws Exception {
        collector.answerNext(Answer.UNANSWERED);
        CompletableFuture<Answer> delivery = CompletableFuture.supplyAsync(() -> deliver(report("note:x\n")));
        Await.until("the report arrives", AMPLE, () -> !collector.arrived().isEmpty());

        transport.close();

        assertThat(delivery.get(AMPLE.toMillis() / 4, TimeUnit.MILLISECONDS)).isEqualTo(Answer.UNANSWERED);
    }

    @Test
    void endsADeliveryWhenItsThreadIsInterruptedAndKeepsTheFlag() throws Exception {
        collector.answerNext(Answer.UNANSWERED);
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        Thread drain = new Thread(() -> interrupted.complete(deliver(report("note:x\n")) == Answer.UNANSWERED
                && Thread.currentThread().isInterrupted()));
        drain.start();
        Await.until("the report arrives", AMPLE, () -> !collector.arrived().isEmpty());

        drain.interrupt();

        assertThat(interrupted.get(AMPLE.toMillis() / 4, TimeUnit.MILLISECONDS)).isTrue();
    }

    @Test
    void deliversNothingOnceClosed() {
        transport.close();
        transport.close();

        assertThat(deliver(report("note:x\n"))).isEqualTo(Answer.UNANSWERED);
        assertThat(collector.arrived()).isEmpty();
    }

    @Test
    void promisesNoErasureThatTheCollectorDoesNot() {
        assertThat(erase(3)).isEqualTo(grantedErasure());

        collector.answerNext(Answer.REFUSED);
        assertThat(erase(3)).isEqualTo(Answer.REFUSED);
        assertThat(collector.arrived()).isEmpty();
    }

    /** What is answered to a wish that the collector would grant, by a transport that cannot bring it. */
    Answer grantedErasure() {
        return Answer.REFUSED;
    }

    @Test
    void leavesNoThreadBehind() throws Exception {
        transport.close();
        Set<Thread> before = threads();
        try (Transport another =
                provider().open(new TransportConfig(collector.dropPoint(), Plaintext.LOOPBACK, Optional.empty()))) {
            another.deliver(report("note:x\n"), AMPLE);
        }
        collector.close();

        Await.until("its threads end", AMPLE, () -> before.containsAll(threads()));
    }

    /** The threads that live, without those of the JVM's common pool, which stay for a while whoever used them. */
    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !(thread instanceof ForkJoinWorkerThread))
                .collect(Collectors.toSet());
    }

    Answer deliver(Report report) {
        return transport.deliver(report, AMPLE).answer();
    }

    Answer erase(int number) {
        List<Erasure> erasures = IntStream.rangeClosed(1, number)
                .mapToObj(TransportContract::erasure)
                .toList();
        return transport.erase(erasures, AMPLE).answer();
    }

    static Erasure erasure(int number) {
        return new Erasure(new UUID(0, number), String.format(Locale.ROOT, "%064x", number));
    }

    static Report report(String content) {
        return Report.of(UUID.randomUUID(), content.getBytes(StandardCharsets.UTF_8));
    }
}
