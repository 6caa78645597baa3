package org.usagestats.sink.jsonl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.usagestats.sink.jsonl.Sample.NOON;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import org.usagestats.api.Erasure;
import org.usagestats.sink.Durability;
import org.usagestats.sink.Outcome;
import org.usagestats.sink.testkit.FaultyDisk;
import org.usagestats.testkit.Await;
import org.usagestats.testkit.TemporaryFolder;

/** Whatever is sent, erased, guessed and restarted in whatever order: what is kept is what two sets say. */
class ErasureProperties {

    private static final Sender SENDER = new Sender("sender", 7);

    enum Action {
        APPEND,
        ERASE,
        GUESS,
        WAIT_A_ROUND,
        OPEN_AGAIN
    }

    @Property(tries = 60, shrinking = ShrinkingMode.BOUNDED)
    void whatIsKeptIsWhatWasSentAndNotErased(@ForAll("steps") List<Step<Action>> steps, @ForAll Form form)
            throws Exception {
        try (TemporaryFolder folder = new TemporaryFolder();
                Stage stage = new Stage(folder.path(), form)) {
            for (Step<Action> step : steps) {
                stage.play(step);
                assertThat(stage.kept()).as("%s", step).isEqualTo(stage.model);
            }
            Await.until(
                    "what was erased is off the disk",
                    Duration.ofMinutes(1),
                    () -> stage.linesOnDisk().equals(stage.model));
        }
    }

    @Provide
    Arbitrary<List<Step<Action>>> steps() {
        return Step.several(Arbitraries.frequency(
                Tuple.of(6, Action.APPEND),
                Tuple.of(3, Action.ERASE),
                Tuple.of(1, Action.GUESS),
                Tuple.of(1, Action.WAIT_A_ROUND),
                Tuple.of(1, Action.OPEN_AGAIN)));
    }

    /** A sink, and what it should keep. */
    private static final class Stage implements AutoCloseable {

        private final Path root;
        private final Form form;
        private final Set<Integer> model = new TreeSet<>();
        private final Set<Integer> taken = new TreeSet<>();
        private final Set<Integer> awaited = new TreeSet<>();
        private JsonlSink sink;

        Stage(Path root, Form form) throws IOException {
            this.root = root;
            this.form = form;
            this.sink = open();
        }

        private JsonlSink open() throws IOException {
            Settings settings = new Settings(
                    new Layout(root), "web1", Durability.ALWAYS, 700, Duration.ofMillis(5), Keep.FOR_EVER, form);
            return JsonlSink.open(settings, new FaultyDisk(), NOON);
        }

        void play(Step<Action> step) throws Exception {
            int report = step.report();
            switch (step.action()) {
                case APPEND -> append(report);
                case ERASE -> erase(report);
                case GUESS ->
                    sink.erase(List.of(new Erasure(
                            SENDER.id(report), SENDER.erasure(report).hash())));
                case WAIT_A_ROUND ->
                    Await.until(
                            "a round",
                            Duration.ofMinutes(1),
                            () -> linesOnDisk().equals(model));
                case OPEN_AGAIN -> {
                    sink.close();
                    sink = open();
                    taken.removeAll(awaited);
                    awaited.clear();
                }
            }
        }

        private void append(int report) throws IOException {
            boolean fresh = taken.add(report);
            if (fresh) {
                model.add(report);
            }
            assertThat(sink.append(List.of(SENDER.report(report))))
                    .containsExactly(fresh ? Outcome.STORED : Outcome.DUPLICATE);
        }

        private void erase(int report) throws IOException {
            sink.erase(List.of(SENDER.erasure(report)));
            model.remove(report);
            if (taken.add(report)) {
                awaited.add(report);
            }
        }

        Set<Integer> kept() throws IOException {
            return numbers(Sample.exported(sink));
        }

        Set<Integer> linesOnDisk() throws IOException {
            Layout layout = new Layout(root);
            Set<Integer> numbers = new TreeSet<>();
            for (Segment segment : layout.segments()) {
                String lines = new String(Sample.content(layout, segment), StandardCharsets.UTF_8);
                numbers.addAll(numbers(lines.lines().toList()));
            }
            return numbers;
        }

        private static Set<Integer> numbers(List<String> lines) {
            Map<Integer, Long> counts = lines.stream()
                    .map(line -> Integer.valueOf(line.replaceAll(".*\"n\":\"(\\d+)\".*", "$1")))
                    .collect(Collectors.groupingBy(number -> number, TreeMap::new, Collectors.counting()));
            assertThat(counts.values()).allMatch(count -> count == 1);
            return new TreeSet<>(counts.keySet());
        }

        @Override
        public void close() throws IOException {
            sink.close();
        }
    }
}
