package org.usagestats.sink.jsonl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.usagestats.sink.jsonl.Sample.NOON;
import static org.usagestats.sink.jsonl.Sample.report;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usagestats.sink.Durability;
import org.usagestats.sink.Outcome;
import org.usagestats.sink.Query;
import org.usagestats.sink.testkit.FaultyDisk;

class InstanceLockTest {

    @TempDir
    Path root;

    /** Opens the sink in a directory, says so and waits until it is killed, or its input ends. */
    static final class Holder {

        public static void main(String[] arguments) throws IOException {
            try (JsonlSink sink = Sample.open(Path.of(arguments[0]))) {
                System.out.println(sink.append(List.of(report(1))));
                while (System.in.read() >= 0) {}
            } catch (IOException refused) {
                System.out.println(refused.getMessage());
            }
        }
    }

    @Test
    void aSecondSinkInTheSameProcessIsRefusedUntilTheFirstCloses() throws IOException {
        try (JsonlSink first = Sample.open(root)) {
            assertThatThrownBy(() -> Sample.open(root))
                    .isInstanceOf(IOException.class)
                    .hasMessage("the instance \"web1\" of this directory is in use by this process; "
                            + "collectors that share a directory need different instance names");
            Path link = Files.createSymbolicLink(root.resolveSibling(root.getFileName() + "-link"), root);
            try {
                assertThatThrownBy(() -> Sample.open(link)).hasMessageContaining("by this process");
            } finally {
                Files.delete(link);
            }
            assertThat(first.append(List.of(report(1)))).containsExactly(Outcome.STORED);
        }
        Sample.open(root).close();
    }

    @Test
    void aSecondProcessIsRefusedUntilTheFirstIsKilled() throws Exception {
        for (int round = 0; round < 3; round++) {
            Process holder = ChildJvm.start(Holder.class, root.toString());
            try (BufferedReader said = holder.inputReader()) {
                assertThat(said.readLine()).isEqualTo(round == 0 ? "[STORED]" : "[DUPLICATE]");
                assertThatThrownBy(() -> Sample.open(root))
                        .hasMessageStartingWith(
                                "the instance \"web1\" of this directory is in use by process " + holder.pid() + ";");
            } finally {
                holder.destroyForcibly().waitFor();
            }
            Sample.open(root).close();
        }
    }

    @Test
    void aRefusalInThisProcessDoesNotLetAnotherProcessIn() throws Exception {
        try (JsonlSink first = Sample.open(root)) {
            assertThatThrownBy(() -> Sample.open(root)).isInstanceOf(IOException.class);
            Process second = ChildJvm.start(Holder.class, root.toString());
            try (BufferedReader said = second.inputReader()) {
                assertThat(said.readLine())
                        .contains("by process " + ProcessHandle.current().pid());
            } finally {
                second.destroyForcibly().waitFor();
            }
            assertThat(first.append(List.of(report(1)))).containsExactly(Outcome.STORED);
        }
    }

    @Test
    void instancesOfDifferentNamesShareADirectory() throws IOException {
        Settings second = new Settings(
                new Layout(root),
                "web2",
                Durability.ALWAYS,
                1 << 20,
                Sample.settings(root).pace(),
                Keep.FOR_EVER,
                Form.PLAIN);
        try (JsonlSink one = Sample.open(root);
                JsonlSink two = JsonlSink.open(second, new FaultyDisk(), NOON)) {
            one.append(List.of(report(1), report(2)));
            two.append(List.of(report(2), report(3)));

            for (JsonlSink sink : List.of(one, two)) {
                assertThat(sink.query(Query.count()).coverage().matched()).isEqualTo(3);
                assertThat(sink.query(Query.count()).coverage().damaged()).isZero();
            }
        }
        try (JsonlSink one = Sample.open(root)) {
            assertThat(one.append(List.of(report(3)))).containsExactly(Outcome.DUPLICATE);
        }
    }
}
