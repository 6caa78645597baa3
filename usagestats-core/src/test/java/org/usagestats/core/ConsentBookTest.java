package org.usagestats.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.usagestats.api.Backlog;
import org.usagestats.api.Consent;
import org.usagestats.api.Consent.State;
import org.usagestats.spi.ConsentStore;

class ConsentBookTest {

    @TempDir
    Path directory;

    private final Map<String, String> environment = new HashMap<>();
    private Spool spool;
    private ConsentBook consents;

    @BeforeEach
    void open() {
        spool = new Spool(new SpoolDirectory(directory.resolve("stats").toFile()));
        consents = reopened();
    }

    @Test
    void nobodyHasDecidedAtFirstAndNothingIsWritten() {
        assertThat(consents.consent().state()).isEqualTo(State.UNSET);
        assertThat(consents.user()).isNull();
        assertThat(directory.resolve("stats")).doesNotExist();
    }

    @Test
    void theFourQuestionsFollowFromTheState() {
        assertThat(questions(State.UNSET)).isEqualTo("recording enableable disableable");
        assertThat(questions(State.ENABLED)).isEqualTo("recording sending disableable");
        assertThat(questions(State.DISABLED)).isEqualTo("enableable");
        assertThat(questions(State.DISABLED_BY_ENVIRONMENT)).isEqualTo("disableable");
        assertThat(questions(State.ERRORED)).isEmpty();
    }

    @Test
    void aYesIsKeptWithItsIdentifierUntilANo() {
        assertThat(consents.enable(Backlog.SEND).state()).isEqualTo(State.ENABLED);
        assertThat(reopened().consent().state()).isEqualTo(State.ENABLED);
        assertThat(reopened().user()).isNull();
        ConsentBook read = reopened();
        read.consent();
        assertThat(read.user()).isNotNull().isEqualTo(consents.user());
        String user = consents.user().toString();

        assertThat(consents.disable().state()).isEqualTo(State.DISABLED);
        assertThat(consents.user()).isNull();
        assertThat(directory.resolve("stats/consent")).content().doesNotContain(user);
    }

    @Test
    void aNoDeletesWhatWaitsAndAnEarlierCrashIsMadeGood() throws Exception {
        consents.enable(Backlog.SEND);
        spool.store(new byte[] {1}, 1, 10);
        consents.disable();
        assertThat(spool.names()).isEmpty();

        spool.store(new byte[] {1}, 1, 10);
        new FileConsentStore(spool.directory())
                .write(ConsentRecord.no(ConsentRecord.DISABLED_CLEANING).text(1));

        assertThat(reopened().consent().state()).isEqualTo(State.DISABLED);
        assertThat(spool.names()).isEmpty();
        assertThat(directory.resolve("stats/consent")).content().contains("decision:DISABLED\n");
    }

    @Test
    void theBacklogIsSentOrDiscardedAsAskedAndAfterARefusalThereIsNone() throws Exception {
        spool.store(new byte[] {1}, 1, 10);
        consents.enable(Backlog.SEND);
        assertThat(spool.names()).hasSize(1);

        consents.disable();
        spool.store(new byte[] {1}, 1, 10);
        consents.enable(Backlog.SEND);
        assertThat(spool.names()).isEmpty();

        Files.delete(directory.resolve("stats/consent"));
        spool.store(new byte[] {1}, 1, 10);
        consents.enable(Backlog.DISCARD);
        assertThat(spool.names()).isEmpty();
    }

    /** As is one of a pool that shuts down, or of a window that was closed. */
    @Test
    void anInterruptedThreadDecidesAsAnyOther() {
        Thread.currentThread().interrupt();
        assertThat(consents.enable(Backlog.SEND).state()).isEqualTo(State.ENABLED);
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
        assertThat(consents.disable().state()).isEqualTo(State.DISABLED);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(reopened().consent().state()).isEqualTo(State.DISABLED);
        assertThat(spool.directory().list()).containsExactly("consent");
    }

    @Test
    void theEnvironmentWinsAndSaysWhyWhateverIsDecided() {
        consents.enable(Backlog.SEND);
        environment.put("DO_NOT_TRACK", "1");

        assertThat(consents.consent().state()).isEqualTo(State.DISABLED_BY_ENVIRONMENT);
        Consent refused = consents.enable(Backlog.SEND);
        assertThat(refused.state()).isEqualTo(State.DISABLED_BY_ENVIRONMENT);
        assertThat(refused.reason()).contains("DO_NOT_TRACK");

        assertThat(consents.disable().reason()).contains("remembered");
        environment.clear();
        assertThat(reopened().consent().state()).isEqualTo(State.DISABLED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "ENABLED", "decision:ENABLED", "decision:MAYBE\n", "decision:ENABLED\nuser:me\n", "\0\0\0"})
    void aBrokenRecordIsNoConsentAndStaysUntilTheUserDecides(String broken) throws Exception {
        spool.directory().create();
        Files.writeString(directory.resolve("stats/consent"), broken);

        Consent consent = reopened().consent();
        assertThat(consent.sending()).isFalse();
        assertThat(consent.recording()).isFalse();
        assertThat(directory.resolve("stats/consent")).hasContent(broken);

        assertThat(reopened().disable().state()).isEqualTo(State.DISABLED);
        assertThat(directory.resolve("stats/consent.set-aside")).hasContent(broken);
    }

    @Test
    void aBrokenRecordCanBeReplacedByAYes() throws Exception {
        spool.directory().create();
        Files.createDirectory(directory.resolve("stats/consent"));

        ConsentBook book = reopened();
        assertThat(book.consent().sending()).isFalse();
        assertThat(book.enable(Backlog.SEND).state()).isEqualTo(State.ENABLED);
    }

    @Test
    void aStoreThatFailsIsNoConsentAndNoAccident() {
        ConsentStore broken = new ConsentStore() {
            @Override
            public Optional<String> read() throws IOException {
                throw new IOException("gone");
            }

            @Override
            public void write(String record) {
                throw new IllegalStateException("gone too");
            }
        };
        ConsentBook book = new ConsentBook(
                new Switches("X", environment, null, new Policy(directory.toFile(), "x")),
                broken,
                spool,
                new Declared(URI.create("https://localhost/"), List.of(), true));

        assertThat(book.consent().sending()).isFalse();
        assertThat(book.enable(Backlog.SEND).reason()).contains("could not be kept");
        assertThat(book.disable().reason()).contains("could not be kept");
    }

    @Test
    void aStoreThatCannotEvenBeLoadedIsNoConsentAndNoAccident() {
        ConsentStore unloadable = new ConsentStore() {
            @Override
            public Optional<String> read() {
                throw new NoClassDefFoundError("java/sql/Connection");
            }

            @Override
            public void write(String record) {
                throw new NoClassDefFoundError("java/sql/Connection");
            }
        };
        ConsentBook book = new ConsentBook(
                new Switches("X", environment, null, new Policy(directory.toFile(), "x")),
                unloadable,
                spool,
                new Declared(URI.create("https://localhost/"), List.of(), true));

        assertThat(book.consent().sending()).isFalse();
        assertThat(book.enable(Backlog.SEND).reason()).contains("could not be kept");
        assertThat(book.disable().reason()).contains("could not be kept");
    }

    private ConsentBook reopened() {
        return new ConsentBook(
                new Switches("X", environment, null, new Policy(directory.toFile(), "x")),
                new FileConsentStore(spool.directory()),
                spool,
                new Declared(URI.create("https://localhost/"), List.of(), true));
    }

    private static String questions(State state) {
        Consent consent = new Consent(state, "");
        return ((consent.recording() ? "recording " : "")
                        + (consent.sending() ? "sending " : "")
                        + (consent.enableable() ? "enableable " : "")
                        + (consent.disableable() ? "disableable" : ""))
                .trim();
    }
}
