package org.usagestats.benchmarks.queries;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.usagestats.benchmarks.Directories;
import org.usagestats.benchmarks.Jdk;
import org.usagestats.benchmarks.load.Load;
import org.usagestats.benchmarks.load.Slice;
import org.usagestats.benchmarks.queries.Respondent.Patience;

/** Measures how many reports a collector takes in durably, on 64 connections, while it answers questions. */
final class TakingIn {

    static final String NAME = "taking in";

    private static final int CONNECTIONS = 64;
    private static final long A_SECOND = 1000;
    private static final int WARM_UP = 3;

    /** What is asked meanwhile. */
    enum Asked {
        NEVER("never asked, no columns made"),
        NOT_NOW("nothing is asked"),
        EACH_SECOND("a question a second"),
        ALL_THE_TIME("questions without pause");

        private final String title;

        Asked(String title) {
            this.title = title;
        }

        String title() {
            return title;
        }
    }

    /**
     * What was seen.
     *
     * @param slice of the load
     * @param answers how many questions were answered meanwhile
     */
    record Reading(Slice slice, int answers) {}

    private final Load load;
    private final Launch launch;
    private final Jdk jdk;

    TakingIn(Load load, Launch launch, Jdk jdk) {
        this.load = load;
        this.launch = launch;
        this.jdk = jdk;
    }

    /** Loads collectors that keep the reports of a dataset and more, in turn. */
    Map<Asked, List<Reading>> run(Dataset dataset, Path work, int rounds) throws IOException, InterruptedException {
        System.err.println(NAME + ", JDK " + jdk.version());
        Path copy = work.resolve("asked-" + jdk.version());
        Directories.link(dataset.log(), copy);
        try (Collector asked = start(copy);
                // So large that no segment is sealed, and no columns are made.
                Collector never = start(work.resolve("never-" + jdk.version()), "--sink-option", "segment-size=4096")) {
            Map<Asked, List<Reading>> readings = new EnumMap<>(Asked.class);
            for (Asked how : Asked.values()) {
                read(how == Asked.NEVER ? never : asked, how, WARM_UP * load.seconds());
            }
            for (int round = 0; round < rounds; round++) {
                for (Asked how : Asked.values()) {
                    readings.computeIfAbsent(how, first -> new ArrayList<>())
                            .add(read(how == Asked.NEVER ? never : asked, how, load.seconds()));
                }
            }
            return readings;
        }
    }

    private Collector start(Path directory, String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(launch.server(
                jdk, "serve", "--listen", "127.0.0.1:0", "--instance", "loaded", "--sink", "jsonl:" + directory));
        command.addAll(List.of(options));
        Files.createDirectories(directory);
        return Collector.start(command);
    }

    private Reading read(Collector collector, Asked how, int seconds) throws IOException, InterruptedException {
        Asking asking = new Asking(collector, how);
        Thread thread = new Thread(asking, "asking");
        thread.start();
        Slice slice = new Load(load.script(), seconds).slice(collector.port(), CONNECTIONS);
        asking.enough = true;
        thread.join();
        if (slice.errors() > 0 || asking.failed) {
            throw new IOException("the collector failed under load");
        }
        return new Reading(slice, asking.answers);
    }

    /** Asks until it is enough. */
    private static final class Asking implements Runnable {

        private final Collector collector;
        private final Asked how;
        private int answers;
        private final List<Question> asked = List.copyOf(Question.SIMPLE);
        private volatile boolean failed;
        private volatile boolean enough;

        Asking(Collector collector, Asked how) {
            this.collector = collector;
            this.how = how;
        }

        @Override
        public void run() {
            while (!enough && how.compareTo(Asked.NOT_NOW) > 0) {
                try {
                    collector.ask(asked.get(answers % asked.size()), Patience.ONCE);
                    answers++;
                    if (how == Asked.EACH_SECOND) {
                        TimeUnit.MILLISECONDS.sleep(A_SECOND);
                    }
                } catch (IOException refused) {
                    System.err.println("a question is not answered: " + refused.getMessage());
                    failed = true;
                    return;
                } catch (InterruptedException given) {
                    Thread.currentThread().interrupt();
                    return;
                }
            }
        }
    }
}
