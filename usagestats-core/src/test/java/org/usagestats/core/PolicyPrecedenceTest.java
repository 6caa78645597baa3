package org.usagestats.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.usagestats.api.Note.note;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.usagestats.api.Backlog;
import org.usagestats.api.Consent;
import org.usagestats.api.Consent.State;
import org.usagestats.api.UsageStats;

/** Who wins: the environment, the user, the administrator. */
class PolicyPrecedenceTest {

    private enum User {
        UNDECIDED,
        YES,
        NO
    }

    private enum Said {
        ABSENT(null),
        SILENT("# nothing\n"),
        ON("reporting:on\n"),
        OFF("reporting:off\n"),
        BROKEN("reporting:perhaps\n");

        private final String text;

        Said(String text) {
            this.text = text;
        }
    }

    private enum Switch {
        NONE,
        DO_NOT_TRACK,
        COOL_USAGE_STATS,
        OFF_FILE
    }

    private static final URI ADMINISTRATORS = URI.create("https://stats.example.com/in");

    @TempDir
    Path directory;

    private final Map<String, String> environment = new HashMap<>();
    private final ScriptedTransport transport = new ScriptedTransport();

    @BeforeEach
    void configure() throws IOException {
        Files.createDirectories(directory.resolve("system/usage-stats"));
        Files.createDirectories(directory.resolve("user/usage-stats"));
        environment.put("XDG_CONFIG_HOME", directory.resolve("user").toString());
        environment.put("APPDATA", directory.resolve("user").toString());
    }

    static Stream<Arguments> table() {
        List<Arguments> rows = new ArrayList<>();
        for (Said policy : Said.values()) {
            for (User user : User.values()) {
                for (Switch off : Switch.values()) {
                    rows.add(Arguments.of(policy, user, off, expected(policy, user, off)));
                }
            }
        }
        return rows.stream();
    }

    private static State expected(Said policy, User user, Switch off) {
        if (off != Switch.NONE || policy == Said.OFF || policy == Said.BROKEN) {
            return State.DISABLED_BY_ENVIRONMENT;
        }
        return switch (user) {
            case YES -> State.ENABLED;
            case NO -> State.DISABLED;
            case UNDECIDED -> policy == Said.ON ? State.ENABLED : State.UNSET;
        };
    }

    @ParameterizedTest
    @MethodSource("table")
    void theEnvironmentAndAnyNoWinOverEveryYes(Said policy, User user, Switch off, State expected) throws IOException {
        decide(user);
        administrator(policy.text);
        switchOff(off);

        try (UsageStats stats = open()) {
            assertThat(stats.consent().state()).isEqualTo(expected);
            stats.submit(note("what", "ran"));
            stats.deliver(Duration.ofSeconds(20));
        }

        assertThat(transport.attempts).hasSize(expected == State.ENABLED ? 1 : 0);
        if (expected == State.ENABLED) {
            assertThat(transport.attempts.get(0).contains("\nuser:")).isEqualTo(user == User.YES);
        }
    }

    @Test
    void aPolicysOnKeepsNothingAndTheUsersOwnYesIsKeptAllTheSame() throws IOException {
        administrator("reporting:on\n");
        try (UsageStats stats = open()) {
            assertThat(stats.consent().reason()).contains("enabled by your administrator");
            assertThat(directory.resolve("stats")).doesNotExist();

            Consent own = stats.enableReporting(Backlog.SEND);
            assertThat(own.state()).isEqualTo(State.ENABLED);
            assertThat(own.reason()).doesNotContain("administrator");
        }
        administrator(null);
        try (UsageStats stats = open()) {
            assertThat(stats.consent().state()).isEqualTo(State.ENABLED);
        }
    }

    @Test
    void aPolicysOnIsNoConsentOverABrokenDecision() throws IOException {
        administrator("reporting:on\n");
        decide(User.YES);
        Files.writeString(directory.resolve("stats/consent"), "decision:ENAB");
        try (UsageStats stats = open()) {
            assertThat(stats.consent().state()).isEqualTo(State.DISABLED);
        }
    }

    @Test
    void aPolicysOffRefusesAYesAndRemembersANo() throws IOException {
        administrator("reporting:off\n");
        try (UsageStats stats = open()) {
            Consent refused = stats.enableReporting(Backlog.SEND);
            assertThat(refused.state()).isEqualTo(State.DISABLED_BY_ENVIRONMENT);
            assertThat(refused.reason()).contains("by your administrator");
            assertThat(directory.resolve("stats")).doesNotExist();

            assertThat(stats.disableReporting().reason())
                    .contains("by your administrator")
                    .contains("remembered");
        }
        administrator("reporting:on\n");
        try (UsageStats stats = open()) {
            assertThat(stats.consent().state()).isEqualTo(State.DISABLED);
        }
    }

    @Test
    void aPolicyThatChangesWhileTheProgramRunsIsObeyed() throws IOException {
        try (UsageStats stats = open()) {
            assertThat(stats.consent().state()).isEqualTo(State.UNSET);
            administrator("reporting:on\n");
            stats.submit(note("run", 1));
            administrator("reporting:off\n");
            stats.submit(note("run", 2));
            assertThat(stats.deliver(Duration.ofSeconds(20)).delivered()).isZero();
            administrator(null);
            assertThat(stats.consent().state()).isEqualTo(State.UNSET);
        }
        assertThat(transport.attempts).hasSizeLessThanOrEqualTo(1).noneMatch(report -> report.contains("run:2"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"reporting:on\n", ""})
    void thePolicysDropPointTakesThePlaceOfTheProgramsAndIsNewToAUserWhoAgreedToThat(String reporting)
            throws IOException {
        decide(User.YES);
        administrator(reporting + "drop_point:https://stats.example.com/in\n");
        try (UsageStats stats = open()) {
            assertThat(stats.declared().recipient()).isEqualTo(ADMINISTRATORS);
            assertThat(stats.consent().state()).isEqualTo(reporting.isEmpty() ? State.UNSET : State.ENABLED);
            stats.enableReporting(Backlog.SEND);
            deliverOne(stats);
        }
        assertThat(transport.attempts).hasSize(1);
        assertThat(transport.openedFor).isEqualTo(ADMINISTRATORS);
    }

    @Test
    void aDropPointThatChangesWhileTheProgramRunsIsWaitedFor() throws IOException {
        decide(User.YES);
        try (UsageStats stats = open()) {
            administrator("drop_point:https://stats.example.com/in\n");
            deliverOne(stats);
            assertThat(stats.consent().state()).isEqualTo(State.DISABLED_BY_ENVIRONMENT);
            assertThat(stats.consent().reason()).contains("started again").contains("usage-stats");
            assertThat(transport.attempts).isEmpty();

            administrator(null);
            deliverOne(stats);
        }
        assertThat(transport.attempts).hasSize(1);
        assertThat(transport.openedFor).isEqualTo(URI.create("https://localhost/"));
    }

    private void decide(User user) {
        try (UsageStats stats = open()) {
            switch (user) {
                case YES -> stats.enableReporting(Backlog.SEND);
                case NO -> stats.disableReporting();
                case UNDECIDED -> {}
            }
        }
    }

    private void administrator(String text) throws IOException {
        Path file = directory.resolve("system/usage-stats/cool");
        Files.deleteIfExists(file);
        if (text != null) {
            Files.writeString(file, text);
            if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
            }
        }
    }

    private void switchOff(Switch off) throws IOException {
        switch (off) {
            case DO_NOT_TRACK -> environment.put("DO_NOT_TRACK", "1");
            case COOL_USAGE_STATS -> environment.put("COOL_USAGE_STATS", "off");
            case OFF_FILE -> Files.createFile(directory.resolve("user/usage-stats/off"));
            case NONE -> {}
        }
    }

    private static void deliverOne(UsageStats stats) {
        stats.submit(note("what", "ran"));
        stats.deliver(Duration.ofSeconds(20));
    }

    private UsageStats open() {
        return UsageStatsClient.builder("cool", "1")
                .dropPoint(URI.create("https://localhost/"))
                .location(directory.resolve("stats"))
                .systemFolder(directory.resolve("system").toFile())
                .environment(environment)
                .waitAtClose(Duration.ofSeconds(20))
                .uniqueUserId()
                .transport(transport)
                .open();
    }
}
