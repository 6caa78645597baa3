package org.usagestats.benchmarks.queries;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.usagestats.benchmarks.Arguments;
import org.usagestats.benchmarks.Built;
import org.usagestats.benchmarks.Directories;
import org.usagestats.benchmarks.Jdk;
import org.usagestats.benchmarks.Others;
import org.usagestats.benchmarks.load.Load;

/**
 * Asks the same questions about the same reports: our columns, databases, parsers and scripts, in turn, again and again, and
 * prints how long the answers took. An answer that differs from the others ends it. Ratios within one session mean something,
 * times alone do not.
 */
public final class Main {

    /** How many reports the slow ones are asked about. */
    static final int MILLION = 1_000_000;

    /** For how long a collector is loaded at a time. */
    static final int SECONDS = 2;

    private final Options options;
    private final Launch launch;
    private final Path directory;
    private final Path work;

    private Main(Options options, Launch launch, Path directory, Path work) {
        this.options = options;
        this.launch = launch;
        this.directory = directory;
        this.work = work;
    }

    /**
     * Runs the benchmark.
     *
     * @param args {@code --help} tells
     * @throws Exception if one of those asked cannot be run, or answers otherwise than the others
     */
    public static void main(String[] args) throws Exception {
        Optional<Options> options = Arguments.read(args, Options.USAGE, Options::parse);
        if (options.isPresent()) {
            run(options.get());
        }
    }

    private static void run(Options options) throws IOException, InterruptedException, URISyntaxException {
        Built built = Built.besideThis();
        Path directory = options.directory() == null
                ? Files.createTempDirectory(built.target(), "queries-").toRealPath()
                : Files.createDirectories(options.directory()).toRealPath();
        Path work = Files.createTempDirectory(directory, "work-");
        try {
            new Main(options, new Launch(built), directory, work).run();
        } finally {
            Directories.delete(options.directory() == null ? directory : work);
        }
    }

    /** Prints each table when its numbers are known. */
    private void run() throws IOException, InterruptedException {
        Dataset dataset = Dataset.in(directory, options.reports());
        Dataset million = Dataset.in(directory, Math.min(options.reports(), MILLION));
        Result result = new Result(options.jdks(), dataset);
        if (options.wants(Making.NAME)) {
            for (Jdk jdk : options.jdks()) {
                result.add(Making.of(launch, jdk, dataset));
            }
        }
        System.out.print(result.columns());
        result.set(hear(dataset, million));
        System.out.print(result.answers());
        if (options.wants(TakingIn.NAME) && Others.isThere(TakingIn.NAME, "/bin/sh", "-c", "command -v wrk")) {
            Load load = Load.of(launch.built(), SECONDS);
            for (Jdk jdk : options.jdks()) {
                result.add(jdk, new TakingIn(load, launch, jdk).run(dataset, work, (options.rounds() + 1) / 2));
            }
        }
        System.out.print(result.takenIn());
        System.out.print(result.goals());
    }

    private Times hear(Dataset dataset, Dataset million) throws IOException, InterruptedException {
        try (Contenders contenders = Contenders.of(launch, options, dataset, million);
                Hearing hearing = new Hearing(csv(options.csv()))) {
            hearing.call(contenders.all());
            hearing.hear(options.rounds());
            return hearing.times();
        }
    }

    private static PrintWriter csv(@Nullable Path file) throws IOException {
        return file == null
                ? new PrintWriter(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)
                : new PrintWriter(Files.newBufferedWriter(file));
    }
}
