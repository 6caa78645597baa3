package org.usagestats.sink.jsonl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import org.usagestats.sink.Dimension;
import org.usagestats.sink.Durability;
import org.usagestats.sink.Metric;
import org.usagestats.sink.Query;
import org.usagestats.sink.QueryResult;
import org.usagestats.sink.kit.LocalDisk;
import org.usagestats.testkit.TemporaryFolder;

/** Whatever comes to a log and leaves it: as long as its position is the same, answers are. */
class LogPositionProperties {

    private static final Query BY_NUMBER = Query.of(List.of(new Dimension.Field("n")), new Metric.Count());
    private static final Sender SENDER = new Sender("sender", 7);

    enum Action {
        APPEND,
        NOTHING,
        ERASE,
        IMPORT,
        ANOTHER_WRITES,
        RETIRE,
        OPEN_AGAIN
    }

    @Property(tries = 60, shrinking = ShrinkingMode.BOUNDED)
    void aPositionHasOneAnswer(@ForAll("steps") List<Step<Action>> steps) throws Exception {
        try (TemporaryFolder folder = new TemporaryFolder();
                Stage stage = new Stage(folder.path())) {
            for (Step<Action> step : steps) {
                stage.play(step);
                stage.ask();
            }
        }
    }

    @Provide
    Arbitrary<List<Step<Action>>> steps() {
        return Step.several(Arbitraries.frequency(
                Tuple.of(5, Action.APPEND),
                Tuple.of(1, Action.NOTHING),
                Tuple.of(2, Action.ERASE),
                Tuple.of(1, Action.IMPORT),
                Tuple.of(2, Action.ANOTHER_WRITES),
                Tuple.of(1, Action.RETIRE),
                Tuple.of(1, Action.OPEN_AGAIN)));
    }

    /** Two sinks of one directory, and what was answered at each position. */
    private static final class Stage implements AutoCloseable {

        private final Layout layout;
        private final Map<String, QueryResult> answers = new HashMap<>();
        private JsonlSink sink;
        private JsonlSink other;

        Stage(Path root) throws IOException {
            this.layout = new Layout(root);
            this.sink = open("web1");
            this.other = open("web2");
        }

        private JsonlSink open(String instance) throws IOException {
            Settings settings =
                    new Settings(layout, instance, Durability.OS, 700, Duration.ofMillis(5), Keep.FOR_EVER, Form.PLAIN);
            return JsonlSink.open(settings, new LocalDisk(), Sample.NOON);
        }

        void play(Step<Action> step) throws IOException {
            switch (step.action()) {
                case APPEND -> sink.append(List.of(SENDER.report(step.report())));
                case NOTHING -> {}
                case ERASE -> sink.erase(List.of(SENDER.erasure(step.report())));
                case IMPORT -> take(step.report());
                case ANOTHER_WRITES -> other.append(List.of(SENDER.report(step.report())));
                case RETIRE -> retire();
                case OPEN_AGAIN -> {
                    sink.close();
                    sink = open("web1");
                }
            }
        }

        private void take(int report) throws IOException {
            try (LogImport taken = LogImport.begin(layout, new LocalDisk())) {
                taken.add(SENDER.report(report));
                taken.commit();
            }
        }

        /** Does what becomes of segments that are too old. */
        private void retire() throws IOException {
            Files.createDirectories(layout.erasures());
            BriefLock.holding(layout.eraseLock(), 0, () -> {
                List<Segment> segments = layout.segments();
                segments.removeAll(Segment.newest(segments));
                if (!segments.isEmpty()) {
                    layout.deleteDerived(segments.get(0));
                    Files.delete(layout.file(segments.get(0)));
                }
            });
        }

        /** What goes on in the background may come between; then the answer belongs to no position. */
        void ask() throws IOException {
            Optional<String> before = sink.position();
            QueryResult answer = sink.query(BY_NUMBER);
            if (before.equals(sink.position())) {
                assertThat(answers.computeIfAbsent(before.orElseThrow(), first -> answer))
                        .isEqualTo(answer);
            }
        }

        @Override
        public void close() throws IOException {
            sink.close();
            other.close();
        }
    }
}
