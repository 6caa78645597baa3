package org.usagestats.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.usagestats.api.Backlog;
import org.usagestats.api.Drained;
import org.usagestats.spi.Delivery;
import org.usagestats.spi.Delivery.Answer;
import org.usagestats.spi.TransportConfig;
import org.usagestats.spi.TransportConfig.Plaintext;

class DrainTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    @TempDir
    Path directory;

    private final ScriptedTransport transport = new ScriptedTransport();
    private Spool spool;
    private ConsentBook consents;

    Directory spoolDirectory(Path path) {
        return new SpoolDirectory(path.toFile());
    }

    @BeforeEach
    void consent() {
        spool = new Spool(spoolDirectory(directory.resolve("stats")));
        consents = new ConsentBook(
                new Switches("X", Map.of(), null, new Policy(directory.toFile(), "x")),
                new FileConsentStore(spool.directory()),
                spool,
                new Declared(URI.create("https://localhost/"), List.of(), false));
        consents.enable(Backlog.SEND);
    }

    @Test
    void everythingIsDeliveredOldestFirstOverOneTransport() throws Exception {
        store("a", "b", "c");

        Drained drained = drain();

        assertThat(transport.attempts).containsExactly("a", "b", "c");
        assertThat(drained).isEqualTo(new Drained(3, 0, 0, "All that waited was delivered."));
        assertThat(transport.opened).isEqualTo(1);
        assertThat(transport.closed).isPositive();
        assertThat(DrainState.read(spool).ended()).isPositive();
    }

    @Test
    void nothingIsOpenedWithoutConsentOrWithoutReports() throws Exception {
        assertThat(drain().detail()).isEqualTo("Nothing waits.");

        store("a");
        new FileConsentStore(spool.directory()).write("decision:DISABLED\n");

        assertThat(drain().delivered()).isZero();
        assertThat(transport.opened).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"failures:-1\n", "failures:2147483647\n", "failures:4294967295\n"})
    void aNumberOfFailuresThatCannotBeIsNoReasonNeverToWait(String state) throws Exception {
        spool.directory().replace(DrainState.FILE, state.getBytes(StandardCharsets.UTF_8));
        store("a");
        transport.answers = text -> Delivery.of(Answer.RETRY_LATER, "busy");

        assertThat(drain().detail()).isEqualTo("Stopped: busy.");

        assertThat(DrainState.read(spool).retry()).isPositive();
    }

    @Test
    void aKeyToEraseByThatCannotBeReadHoldsNoReportBack() throws Exception {
        Directory erasable = spool.directory().folder("erasable");
        store("a");
        drain();
        erasable.replace(erasable.list()[0], ("key:" + "x".repeat(64) + "\n").getBytes(StandardCharsets.UTF_8));
        store("b");

        assertThat(drain().delivered()).isEqualTo(1);

        assertThat(transport.attempts).containsExactly("a", "b");
        assertThat(transport.reports.get(1).eraseHash()).isPresent();
    }

    @Test
    void consentIsReadAgainBeforeEachRequest() throws Exception {
        store("a", "b");
        transport.answers = text -> {
            consents.disable();
            return Delivery.of(Answer.DELIVERED, "stored");
        };

        assertThat(drain().detail()).isEqualTo("The consent was withdrawn.");
        assertThat(transport.attempts).containsExactly("a");
    }

    @Test
    void aRejectedReportIsSetAsideAndTheOthersGoOn() throws Exception {
        store("a", "bad", "c");
        answer("bad", Answer.REJECTED);

        assertThat(drain()).isEqualTo(new Drained(2, 1, 0, "All that waited was delivered."));
        assertThat(spool.directory().folder("damaged").list()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = Answer.class,
            names = {"RETRY_LATER", "UNANSWERED"})
    void anAnswerThatSaysNothingAboutTheReportStopsTheDrain(Answer answer) throws Exception {
        store("a", "b", "c");
        answer("b", answer);

        assertThat(drain()).isEqualTo(new Drained(1, 0, 2, "Stopped: scripted."));
        assertThat(transport.attempts).containsExactly("a", "b");
        DrainState state = DrainState.read(spool);
        assertThat(state.failures()).isEqualTo(1);
        assertThat(state.retry()).isPositive();
        assertThat(state.answered()).isEqualTo(answer == Answer.RETRY_LATER);
    }

    @Test
    void aRefusedReportDoesNotStopTheOthersAndIsTriedLastFromThenOn() throws Exception {
        store("a", "poison", "c");
        answer("poison", Answer.REFUSED);

        assertThat(drain()).isEqualTo(new Drained(2, 0, 1, "The collector refused a report: scripted."));
        assertThat(transport.attempts).containsExactly("a", "poison", "c");
        assertThat(DrainState.read(spool).failures()).isZero();

        transport.attempts.clear();
        store("d");
        drain();
        assertThat(transport.attempts).containsExactly("d", "poison");
    }

    @Test
    void twoRefusalsInARowStopTheDrainAndNeitherBlocksTheNext() throws Exception {
        store("poison1", "poison2", "c", "d");
        transport.answers = text -> Delivery.of(
                text.startsWith("poison") ? Answer.REFUSED : Answer.DELIVERED, Duration.ofHours(1), "scripted");

        assertThat(drain().remaining()).isEqualTo(4);
        assertThat(transport.attempts).containsExactly("poison1", "poison2");
        assertThat(DrainState.read(spool).retry() - System.currentTimeMillis())
                .isBetween(
                        Duration.ofMinutes(59).toMillis(), Duration.ofHours(1).toMillis());

        transport.attempts.clear();
        assertThat(drain().remaining()).isEqualTo(2);
        assertThat(transport.attempts).containsExactly("c", "d", "poison1", "poison2");
    }

    @Test
    void aHundredReportsWithOnePoisonedAreNinetyNineDeliveries() throws Exception {
        for (int i = 0; i < 100; i++) {
            store(i == 0 ? "poison" : "r" + i);
        }
        answer("poison", Answer.REFUSED);

        assertThat(drain().delivered()).isEqualTo(99);
    }

    @Test
    void aTransportThatBreaksIsNoAnswer() throws Exception {
        store("a");
        transport.answers = text -> {
            throw new IllegalStateException("broken");
        };

        assertThat(drain().detail()).contains("broken");
        assertThat(DrainState.read(spool).answered()).isFalse();
        assertThat(spool.names()).hasSize(1);
    }

    @Test
    void aDamagedReportIsNeverSentAndStopsNothing() throws Exception {
        store("a", "b");
        spool.directory().replace(spool.names().get(0).toString(), "A".getBytes(StandardCharsets.UTF_8));

        assertThat(drain()).isEqualTo(new Drained(1, 0, 0, "All that waited was delivered."));
        assertThat(transport.attempts).containsExactly("b");
    }

    @Test
    void whatComesMeanwhileIsDeliveredToo() throws Exception {
        store("a");
        transport.answers = text -> {
            if (text.equals("a")) {
                storeQuietly("late");
            }
            return Delivery.of(Answer.DELIVERED, "stored");
        };

        assertThat(drain().delivered()).isEqualTo(2);
    }

    @Test
    void theDrainEndsAtItsDeadlineAndWhenStopped() throws Exception {
        store("a", "b");

        assertThat(newDrain().run(Duration.ZERO)).isEqualTo(new Drained(0, 0, 2, "The time for it was up."));

        Drain stopped = newDrain();
        transport.answers = text -> {
            stopped.stop();
            return Delivery.of(Answer.DELIVERED, "stored");
        };
        assertThat(stopped.run(MINUTE).remaining()).isEqualTo(1);
        assertThat(DrainState.read(spool).failures()).isZero();
    }

    @Test
    void onlyOneDrainAtATimeWorksOnASpool() throws Exception {
        store("a", "b");
        transport.answers = text -> {
            assertThat(newDrain().run(MINUTE)).isNull();
            return Delivery.of(Answer.DELIVERED, "stored");
        };

        assertThat(drain().delivered()).isEqualTo(2);
        try (DrainLock free = spool.directory().tryLock()) {
            assertThat(free).isNotNull();
            assertThat(spool.directory().tryLock()).isNull();
        }
    }

    @Test
    void aDrainThatNobodyAskedForHeedsWhatTheCollectorAnsweredAnotherMeanwhile() throws Exception {
        store("a");
        transport.answers = text -> Delivery.of(Answer.RETRY_LATER, MINUTE, "busy");
        drain();
        DrainState told = DrainState.read(spool).launchedAt(7);
        told.write(spool);

        assertThat(newDrain().runUnlessKeptOff(MINUTE).detail()).isEqualTo("Stopped: busy.");
        assertThat(transport.attempts).hasSize(1);
        assertThat(DrainState.read(spool)).isEqualTo(told.launchedAt(0));

        drain();
        assertThat(transport.attempts).hasSize(2);
    }

    @Test
    void aDrainThatNobodyAskedForTriesAgainWhereOnlyNobodyAnswered() throws Exception {
        store("a");
        transport.answers = text -> Delivery.of(Answer.UNANSWERED, "silence");
        drain();

        newDrain().runUnlessKeptOff(MINUTE);
        assertThat(transport.attempts).hasSize(2);
    }

    @Test
    void theStateIsKeptAndABrokenOneIsNone() throws Exception {
        DrainState state = new DrainState(1, 2, 3, false, 4, List.of("x", "y"), 5, "All was delivered.");
        spool.directory().create();
        state.write(spool);
        assertThat(DrainState.read(spool)).isEqualTo(state);

        spool.directory().replace(DrainState.FILE, "retry:soon\n".getBytes(StandardCharsets.UTF_8));
        assertThat(DrainState.read(spool)).isEqualTo(DrainState.NONE);
    }

    private Drained drain() {
        return newDrain().run(MINUTE);
    }

    private Drain newDrain() {
        TransportConfig config =
                new TransportConfig(URI.create("https://localhost/"), Plaintext.LOOPBACK, Optional.empty());
        return new Drain(spool, consents, new TransportSource(config, Plugins.besideCore(), transport));
    }

    private void answer(String text, Answer answer) {
        transport.answers = sent -> Delivery.of(sent.equals(text) ? answer : Answer.DELIVERED, "scripted");
    }

    private void store(String... texts) throws Exception {
        for (String text : texts) {
            spool.store(
                    text.getBytes(StandardCharsets.UTF_8),
                    System.currentTimeMillis() + spool.names().size(),
                    500);
        }
    }

    private void storeQuietly(String text) {
        try {
            store(text);
        } catch (Exception failed) {
            throw new AssertionError(failed);
        }
    }
}
