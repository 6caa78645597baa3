package org.usagestats.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many programs with one spool. */
class CrowdTest {

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"in-process", "detached"})
    void fourProcessesLeaveFourHundredWholeReportsAndEachArrivesOnce(String dispatch) throws Exception {
        int port = freePort();
        String dropPoint = "http://127.0.0.1:" + port + "/";
        Path stats = directory.resolve("stats");
        agree(stats, dropPoint);

        submitFourHundred(stats, dropPoint, dispatch);
        DrainProcesses.awaitEnd(stats);

        File[] reports = reports(stats);
        assertThat(reports)
                .hasSize(400)
                .allSatisfy(report -> assertThat(Files.readString(report.toPath()))
                        .contains("\nnumber:")
                        .endsWith("\n"));

        String sink = "jsonl:" + directory.resolve("reports");
        try (RunningCollector collector = RunningCollector.start(Built.SERVER_DIST, sink, "127.0.0.1:" + port)) {
            assertThat(lastOf(program(stats, dropPoint, "--send-stats"))).contains(" 0 remain");
            assertThat(collector.reports()).isEqualTo(400);
            assertThat(collector.get("/v1/count?group_by=number"))
                    .contains("\"grouped_key_count\": 400")
                    .doesNotContain(": 2,");
            assertThat(collector.get("/v1/download/import").lines()).hasSize(400);
        }
    }

    @Test
    void oneOfManyProgramsStartsTheDetachedDrain() throws Exception {
        Path stats = directory.resolve("stats");
        try (RunningCollector collector = RunningCollector.start("jsonl:" + directory.resolve("reports"))) {
            agree(stats, collector.url().toString());

            submitFourHundred(stats, collector.url().toString(), "detached");
            DrainProcesses.awaitEnd(stats);
            if (waiting(stats) > 0) {
                // Only a collector that was too slow to answer excuses this; the next run of a program sends the rest.
                assertThat(stats.resolve("drain")).content().doesNotContain("failures:0\n");
                program(stats, collector.url().toString(), "--send-stats").run();
            }

            assertThat(waiting(stats)).isZero();
            assertThat(collector.reports()).isEqualTo(400);
        }
    }

    /** Sends all that waits, and returns what the last run said; a run takes ten seconds, too few on a machine that is busy. */
    private static String lastOf(Command sending) throws Exception {
        String said = sending.run().out();
        for (int i = 0; i < 10 && said.contains("The time for it was up."); i++) {
            said = sending.run().out();
        }
        return said;
    }

    private static int waiting(Path stats) {
        return reports(stats).length;
    }

    private static File[] reports(Path stats) {
        return stats.toFile().listFiles((dir, name) -> name.startsWith("report_"));
    }

    private static void agree(Path stats, String dropPoint) throws Exception {
        Command.Ended ended = Command.submitMain(stats.toString(), dropPoint, "in-process", "0", "0", "agrees")
                .run();
        assertThat(ended).isEqualTo(new Command.Ended(0, "submitted\n", ""));
    }

    private static void submitFourHundred(Path stats, String dropPoint, String dispatch) throws Exception {
        List<Command.Running> crowd = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            String first = String.valueOf(100 * i);
            crowd.add(Command.submitMain(stats.toString(), dropPoint, dispatch, first, "100", "ends")
                    .start());
        }
        for (Command.Running running : crowd) {
            try (running) {
                assertThat(running.end()).isEqualTo(new Command.Ended(0, "submitted\n", ""));
            }
        }
    }

    private static Command program(Path stats, String dropPoint, String option) {
        return Command.coolProgram(option)
                .with("COOL_PROGRAM_DROP_POINT", dropPoint)
                .with("COOL_PROGRAM_STATS_DIR", stats);
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
