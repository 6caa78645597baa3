package org.usagestats.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.lifecycle.BeforeTry;
import org.usagestats.sink.Durability;
import org.usagestats.sink.SinkConfig;
import org.usagestats.testkit.TemporaryFolder;

/** What is exported can be imported, elsewhere and into another kind of sink, and counts the same. */
class RoundTripProperties {

    private TemporaryFolder folder;
    private Path directory;

    @BeforeTry
    void make() throws IOException {
        folder = new TemporaryFolder();
        directory = folder.path();
    }

    @AfterTry
    void delete() throws IOException {
        folder.close();
    }

    @Property(tries = 10)
    void reports_of_python_analytics_stay_the_same_from_sink_to_sink(@ForAll("lines") List<String> lines)
            throws IOException {
        Path source = Files.writeString(directory.resolve("source.jsonl"), String.join("\n", lines));
        assertThat(Ran.command("import", sink("jsonl", "a"), source).status()).isZero();
        String exported = Ran.command("export", sink("jsonl", "a")).out();
        assertThat(exported.lines()).hasSameSizeAs(lines);

        Path carried = Files.writeString(directory.resolve("carried.jsonl"), exported);
        for (int round = 0; round < 2; round++) {
            Ran.command("import", sink("jsonl", "b"), carried);
            Ran.command("import", sink("files", "c"), carried);
            Ran.command("import", sink("jsonl", "d"), sink("files", "c"));
        }

        assertThat(Ran.command("export", sink("jsonl", "b")).out()).isEqualTo(exported);
        List<String> sorted = exported.lines().sorted().toList();
        assertThat(Ran.command("export", sink("files", "c")).out().lines().sorted())
                .isEqualTo(sorted);
        assertThat(Ran.command("export", sink("jsonl", "d")).out().lines().sorted())
                .isEqualTo(sorted);
        assertThat(counts("jsonl", "b"))
                .isEqualTo(counts("jsonl", "a"))
                .isEqualTo(counts("files", "c"))
                .isEqualTo(counts("jsonl", "d"));
    }

    @Property(tries = 10)
    void reports_of_an_original_collector_count_the_same_in_a_log(@ForAll("bodies") List<byte[]> bodies)
            throws IOException {
        Path folder = Files.createDirectory(directory.resolve("a"));
        for (int i = 0; i < bodies.size(); i++) {
            byte[] head = "submitted_from:127.0.0.1\nsubmitted_date:1451692799.999\n".getBytes(StandardCharsets.UTF_8);
            byte[] file = new byte[head.length + bodies.get(i).length];
            System.arraycopy(head, 0, file, 0, head.length);
            System.arraycopy(bodies.get(i), 0, file, head.length, bodies.get(i).length);
            Files.write(folder.resolve("report_1451692800." + (100 + i) + ".txt"), file);
        }
        for (int round = 0; round < 2; round++) {
            assertThat(Ran.command("import", sink("jsonl", "b"), "files:" + folder)
                            .status())
                    .isZero();
        }

        assertThat(Ran.command("verify", sink("jsonl", "b")).err())
                .startsWith(bodies.size() + " reports are whole, nothing is damaged");
        assertThat(counts("jsonl", "b")).isEqualTo(counts("files", "a"));
    }

    @Provide
    Arbitrary<List<String>> lines() {
        Arbitrary<String> texts = Arbitraries.strings()
                .withCharRange(' ', '~')
                .withChars("é€\uE000=")
                .ofMaxLength(12)
                .map(text -> "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\\u001f\\n\"");
        Arbitrary<String> values = Arbitraries.oneOf(
                texts, Arbitraries.of("1", "-0.50", "1e400", "null", "true", "[]", "{\"b\": [1, {}]}"));
        Arbitrary<String> times = Arbitraries.of(
                "2015-12-31 23:59:59.999999",
                "2016-01-01 00:00:00",
                "2016-01-01 00:00:00.001",
                "2016-01-01T00:00:00.001Z");
        Arbitrary<String> keys = Arbitraries.of("a", "submitted_date", "=b");
        return Combinators.combine(keys, values, times)
                .as((key, value, time) -> "{\"" + key + "\": " + value + ", \"server_time\": \"" + time + "\"}")
                .list()
                .ofMinSize(1)
                .ofMaxSize(20);
    }

    /** They begin with a date, so that nothing in them stands where a collector of ours has its lines. */
    @Provide
    Arbitrary<List<byte[]>> bodies() {
        Arbitrary<String> keys = Arbitraries.of("a", "server_time", "client.server_time", "crc32c", "user", "");
        Arbitrary<byte[]> values = Arbitraries.bytes().array(byte[].class).ofMaxSize(20);
        return Combinators.combine(keys, values)
                .as((key, value) -> {
                    byte[] head = ("date:12.5\n" + key + ":").getBytes(StandardCharsets.UTF_8);
                    byte[] body = new byte[head.length + value.length];
                    System.arraycopy(head, 0, body, 0, head.length);
                    System.arraycopy(value, 0, body, head.length, value.length);
                    return body;
                })
                .list()
                .ofMinSize(1)
                .ofMaxSize(20);
    }

    private String sink(String name, String folder) {
        return name + ":" + directory.resolve(folder);
    }

    private List<String> counts(String name, String folder) {
        try (Collector collector = Collector.builder()
                .sink(name, new SinkConfig(directory.resolve(folder).toString(), Durability.OS, "collector", Map.of()))
                .start()) {
            return Stream.of("", "?group_by=a", "?group_by=server_time", "?group_by=client.server_time")
                    .map(question -> answer(collector, question))
                    .toList();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** The lines of an answer, since groups of the same count stand in the order of their reports. */
    private static String answer(Collector collector, String question) {
        try {
            return String.join(
                    "\n",
                    Reply.to(collector.address(), Requests.get("/v1/count" + question))
                            .body()
                            .lines()
                            .map(line -> line.replaceFirst(",$", ""))
                            .sorted()
                            .toList());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
