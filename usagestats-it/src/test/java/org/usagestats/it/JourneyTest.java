package org.usagestats.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One report's whole journey, with the programs as people run them. */
class JourneyTest {

    private static final String PROMPT = "Uploading usage statistics is currently DISABLED";

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({"jsonl,in-process", "jsonl,detached", "files,in-process", "files,detached"})
    void reportsWaitForConsentTravelAndAreCounted(String sink, String dispatch) throws Exception {
        try (RunningCollector collector = RunningCollector.start(sink + ":" + directory.resolve("reports"))) {
            Command.Ended first = program(collector, dispatch, "hello").run();
            assertThat(first.out()).isEqualTo("HELLO!\n");
            assertThat(first.err()).contains(PROMPT);
            assertThat(collector.reports()).isZero();

            assertThat(program(collector, dispatch, "--enable-stats").run().status())
                    .isZero();
            assertThat(program(collector, dispatch, "hello").run().err()).isEmpty();
            awaitReports(collector, dispatch, 2);
            program(collector, dispatch, "world").run();
            awaitReports(collector, dispatch, 3);

            assertThat(count(collector, "word")).contains("\"hello\": 2", "\"world\": 1");
            assertThat(count(collector, "program")).contains("\"cool-program\": 3");
            assertThat(count(collector, "version")).contains("\"0.1\": 3");
            assertThat(count(collector, "architecture")).contains("\"" + System.getProperty("os.arch") + "\": 3");
            assertThat(count(collector, "what,word")).contains("\"Ran the program\": {");
            assertThat(collector.get("/v1/download/import").lines())
                    .hasSize(3)
                    .allMatch(line -> line.contains("server_time"));
            DrainProcesses.awaitEnd(directory.resolve("stats"));
            assertThat(collector.stop()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"in-process", "detached"})
    void aProgramThatIsSwitchedOffByTheEnvironmentSaysWhyAndSendsNothing(String dispatch) throws Exception {
        try (RunningCollector collector = RunningCollector.start("jsonl:" + directory.resolve("reports"))) {
            for (String option : List.of("--enable-stats", "--send-stats", "--show-stats")) {
                Command.Ended ended = program(collector, dispatch, option)
                        .with("DO_NOT_TRACK", "1")
                        .run();
                assertThat(ended.status()).isEqualTo(option.equals("--enable-stats") ? 1 : 0);
                assertThat(ended.out()).as(option).contains("DO_NOT_TRACK");
            }
            Command.Ended run = program(collector, dispatch, "hello")
                    .with("DO_NOT_TRACK", "1")
                    .run();
            assertThat(run).isEqualTo(new Command.Ended(0, "HELLO!\n", ""));
            assertThat(directory.resolve("stats")).doesNotExist();

            // Without the variable the user has decided nothing: the yes was not kept for later.
            assertThat(program(collector, dispatch, "hello").run().err()).contains(PROMPT);
            assertThat(program(collector, dispatch, "hello").run().err()).isEmpty();
            assertThat(program(collector, dispatch, "--send-stats").run().out()).startsWith("0 delivered, 2 remain.");
            assertThat(collector.reports()).isZero();
        }
    }

    @Test
    void whatIsShownIsWhatIsSent() throws Exception {
        try (RunningCollector collector = RunningCollector.start("files:" + directory.resolve("reports"))) {
            program(collector, "in-process", "héllo").run();
            String waiting =
                    program(collector, "in-process", "--show-stats").run().out();
            assertThat(waiting).startsWith("UNSET: ").contains("1 report waits:", "0 reports were sent.");
            program(collector, "in-process", "--enable-stats").run();
            assertThat(program(collector, "in-process", "--send-stats").run().out())
                    .startsWith("1 delivered, 0 remain.");
            String sent = program(collector, "in-process", "--show-stats").run().out();
            assertThat(sent).startsWith("ENABLED: ").contains("0 reports wait.", "1 report was sent:");

            Path stored = directory
                    .resolve("reports")
                    .resolve(directory.resolve("reports").toFile().list()[0]);
            String report = sent.substring(sent.indexOf("date:"));
            assertThat(stored).content().endsWith("\n" + report).contains("word:héllo");
            assertThat(waiting).contains("\n" + report + "\n");
        }
    }

    @Test
    void whoIsForgottenLeavesNothingBehindButTheDecision() throws Exception {
        try (RunningCollector collector = RunningCollector.start("jsonl:" + directory.resolve("reports"))) {
            program(collector, "in-process", "--enable-stats").run();
            program(collector, "in-process", "hello").run();
            awaitReports(collector, "in-process", 1);

            Command.Ended forgetting =
                    program(collector, "in-process", "--forget-stats").run();

            assertThat(forgetting.status()).isZero();
            assertThat(forgetting.out()).contains("erase", "--disable-stats stops them");
            assertThat(program(collector, "in-process", "--show-stats").run().out())
                    .startsWith("ENABLED: ")
                    .contains("0 reports wait.", "0 reports were sent.");
        }
    }

    @Test
    void twoCollectorsOnOneDirectoryAndOneInstanceAreOneTooMany() throws Exception {
        String sink = "jsonl:" + directory.resolve("reports");
        try (RunningCollector collector = RunningCollector.start(sink)) {
            Command.Ended second = Command.of(
                            Built.SERVER_DIST.resolve("bin/usagestats-server").toString(),
                            "serve",
                            "--sink",
                            sink,
                            "--listen",
                            "127.0.0.1:0")
                    .run();
            assertThat(second.status()).isNotZero();
            assertThat(second.err())
                    .contains("in use")
                    .contains(String.valueOf(collector.pid()))
                    .hasLineCount(1);

            try (RunningCollector other = RunningCollector.start(sink, "--instance", "second")) {
                assertThat(other.reports()).isZero();
            }
        }
    }

    /** A program that sends in process waits for a second at the most; on a busy machine that may not be enough. */
    private void awaitReports(RunningCollector collector, String dispatch, int count) throws Exception {
        if (dispatch.equals("in-process")) {
            assertThat(program(collector, dispatch, "--send-stats").run().out()).contains("0 remain");
        }
        collector.awaitReports(count);
    }

    private Command program(RunningCollector collector, String dispatch, String... args) {
        return Command.coolProgram(args)
                .with("COOL_PROGRAM_DROP_POINT", collector.url())
                .with("COOL_PROGRAM_STATS_DIR", directory.resolve("stats"))
                .with("COOL_PROGRAM_DISPATCH", dispatch)
                .with("COOL_PROGRAM_UPLOAD", "every-submit");
    }

    private static String count(RunningCollector collector, String groupBy) throws Exception {
        return collector.get("/v1/count?group_by=" + groupBy);
    }
}
