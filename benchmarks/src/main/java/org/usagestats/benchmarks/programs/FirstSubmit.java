package org.usagestats.benchmarks.programs;

import static org.usagestats.api.Note.note;

import java.io.File;
import java.net.URI;
import org.usagestats.api.UsageStats;
import org.usagestats.core.UsageStatsClient;

/** Submits one report without flags, and prints how long that alone took. */
final class FirstSubmit {

    private FirstSubmit() {}

    /**
     * Runs the program.
     *
     * @param args the drop point and the spool
     */
    public static void main(String[] args) {
        try (UsageStats stats = UsageStatsClient.builder("cool-program", "0.1")
                .dropPoint(URI.create(args[0]))
                .location(new File(args[1]).toPath())
                .open()) {
            stats.note("mode", "compatibility");
            long start = System.nanoTime();
            stats.submit(note("what", "Ran the program"));
            System.out.println(System.nanoTime() - start);
        }
    }
}
