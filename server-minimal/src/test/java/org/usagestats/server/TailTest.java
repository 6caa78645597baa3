package org.usagestats.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.usagestats.sink.Durability;
import org.usagestats.sink.SinkConfig;
import org.usagestats.testkit.Await;

/** The command tail beside a running collector. */
class TailTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path directory;

    private Process process;

    @AfterEach
    void end() {
        if (process != null) {
            process.destroyForcibly();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"files", "jsonl"})
    void the_newest_reports_are_printed_as_an_export_prints_them(String name) throws IOException {
        String sink = name + ":" + directory;
        try (Collector collector = collector(name)) {
            for (int number = 1; number <= 12; number++) {
                send(collector, number);
            }
            List<String> all = Ran.command("export", sink).out().lines().toList();
            assertThat(all).hasSize(12);

            assertThat(Ran.command("tail", sink, "--no-follow")).isEqualTo(new Ran(0, lines(all.subList(2, 12)), ""));
            assertThat(Ran.command("tail", sink, "--no-follow", "--lines", "1"))
                    .isEqualTo(new Ran(0, lines(all.subList(11, 12)), ""));
            assertThat(Ran.command("tail", sink, "--no-follow", "--lines", "100"))
                    .isEqualTo(new Ran(0, lines(all), ""));
            assertThat(Ran.command("tail", sink, "--no-follow", "--lines", "0")).isEqualTo(new Ran(0, "", ""));
        }
    }

    @ParameterizedTest
    @CsvSource({"files, TERM", "jsonl, TERM", "jsonl, INT"})
    void what_arrives_is_printed_until_a_signal_which_is_no_failure(String name, String signal) throws Exception {
        assumeFalse(signal.equals("INT") && MainProcessTest.isInterruptIgnored(), "Ctrl-C is ignored here");
        try (Collector collector = collector(name)) {
            send(collector, 1);
            process = start(name + ":" + directory, "--lines", "5");
            BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
            assertThat(out.readLine()).endsWith("\"n\":\"1\"}");
            for (int number = 2; number <= 30; number++) {
                send(collector, number);
            }
            for (int number = 2; number <= 30; number++) {
                assertThat(out.readLine()).endsWith("\"n\":\"" + number + "\"}");
            }

            new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid()))
                    .start()
                    .waitFor();
            assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
            assertThat(out.readLine()).isNull();
            assertThat(process.errorReader(StandardCharsets.UTF_8).lines()).isEmpty();
        }
    }

    @Test
    void it_ends_well_when_nobody_reads_it_any_more() throws Exception {
        try (Collector collector = collector("jsonl")) {
            process = start("jsonl:" + directory);
            send(collector, 1);
            assertThat(process.inputReader(StandardCharsets.UTF_8).readLine()).endsWith("\"n\":\"1\"}");
            process.getInputStream().close();
            Await.until("it noticed", PATIENCE, () -> {
                send(collector, 2);
                return !process.isAlive();
            });
            assertThat(process.exitValue()).isZero();
            assertThat(process.errorReader(StandardCharsets.UTF_8).lines()).isEmpty();
        }
    }

    @Test
    void it_changes_nothing_and_hardly_costs_anything_while_nothing_arrives() throws Exception {
        try (Collector collector = collector("jsonl")) {
            send(collector, 1);
            process = start("jsonl:" + directory);
            process.inputReader(StandardCharsets.UTF_8).readLine();
            long before = files();
            Await.until(
                    "it hardly costs anything",
                    PATIENCE,
                    () -> usedIn(Duration.ofSeconds(3)).compareTo(Duration.ofMillis(300)) < 0);
            assertThat(files()).isEqualTo(before);
        }
    }

    /** What the process takes of a processor in such a time. */
    private Duration usedIn(Duration time) throws Exception {
        Duration before = processorTime();
        long began = System.nanoTime();
        Await.until("the time went by", PATIENCE, () -> System.nanoTime() - began > time.toNanos());
        return processorTime().minus(before);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tail | 2 | tail needs one sink: NAME:LOCATION, such as jsonl:reports",
                "tail jsonl:no/such | 1 | there is no directory",
                "tail files:no/such | 1 | there is no directory",
                "tail jsonl:x --lines many | 2 | --lines takes a number from 0 to 999999, not \"many\"",
                "tail jsonl:x --follow | 2 | unknown option --follow, the nearest is --no-follow",
            })
    void what_cannot_work_is_told_in_one_line(String line, int status, String reason) {
        Ran ran = Ran.command((Object[]) line.split(" "));

        assertThat(ran.status()).isEqualTo(status);
        assertThat(ran.err().lines()).singleElement().asString().startsWith("usagestats-server: " + reason);
        assertThat(ran.out()).isEmpty();
    }

    private Collector collector(String name) throws IOException {
        return Collector.builder()
                .sink(name, new SinkConfig(directory.toString(), Durability.OS, "collector", Map.of()))
                .start();
    }

    private static void send(Collector collector, int number) throws IOException {
        Reply reply = Reply.to(collector.address(), Requests.pythonRequests("date:12.5\nn:" + number + "\n"));
        assertThat(reply.body()).isEqualTo("stored");
    }

    private static Process start(String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of("tail"));
        command.addAll(List.of(words));
        return MainCommand.of(List.of("-XX:TieredStopAtLevel=1"), command).start();
    }

    private Duration processorTime() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    private long files() throws IOException {
        try (var files = Files.walk(directory)) {
            return files.count();
        }
    }

    private static String lines(List<String> lines) {
        return String.join("\n", lines) + "\n";
    }
}
