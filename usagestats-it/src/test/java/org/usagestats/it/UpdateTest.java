package org.usagestats.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A program whose next version collects more: what its users see, and what the collector gets. */
class UpdateTest {

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"in-process", "detached"})
    void whatWasAgreedGoesOnBeingSentAndWhatIsNewWaitsForItsOwnYes(String dispatch) throws Exception {
        try (RunningCollector collector = RunningCollector.start("jsonl:" + directory.resolve("reports"))) {
            String first = run(collector, dispatch, "1", "run");
            assertThat(first).contains("DISABLED", "    mode: which code path was used\n");
            run(collector, dispatch, "1", "enable");
            assertThat(collector.reports()).isZero();
            assertThat(run(collector, dispatch, "1", "run")).isEmpty();
            collector.awaitReports(2);

            String asked = run(collector, dispatch, "2", "run");
            collector.awaitReports(3);
            assertThat(asked)
                    .contains("    what: which command was run\n", "not sent unless you agree", "update-main enable")
                    .doesNotContain("mode", "DISABLED");
            assertThat(run(collector, dispatch, "2", "run")).isEmpty();
            collector.awaitReports(4);
            assertThat(reports(collector))
                    .hasSize(4)
                    .allMatch(report -> report.contains("\"mode\":\"fast\""))
                    .noneMatch(report -> report.contains("\"what\""));

            run(collector, dispatch, "2", "enable");
            assertThat(run(collector, dispatch, "2", "run")).isEmpty();
            collector.awaitReports(5);
            assertThat(reports(collector))
                    .filteredOn(report -> report.contains("\"what\":\"ran\""))
                    .hasSize(1)
                    .allMatch(report -> report.contains("\"mode\":\"fast\"") && report.contains("\"version\":\"2\""));
            DrainProcesses.awaitEnd(directory.resolve("stats"));
        }
    }

    /** Runs a version of the program and returns what it said on standard error. */
    private String run(RunningCollector collector, String dispatch, String version, String what) throws Exception {
        Command.Ended ended = Command.of(
                        Built.java(),
                        "-cp",
                        Built.classPath("usagestats-api", "usagestats-core", "transport-http", "transport-subprocess"),
                        UpdateMain.class.getName(),
                        directory.resolve("stats").toString(),
                        collector.url().toString(),
                        dispatch,
                        version,
                        what)
                .run();
        assertThat(ended.status()).as(ended.err()).isZero();
        assertThat(ended.out()).startsWith(what.equals("enable") ? "Usage statistics are enabled; thank you." : "");
        return ended.err();
    }

    private static List<String> reports(RunningCollector collector) throws Exception {
        return collector.get("/v1/download/import").lines().toList();
    }
}
