package org.usagestats.it;

import static org.usagestats.api.Note.note;

import java.net.URI;
import java.nio.file.Path;
import org.usagestats.api.UsageStats;
import org.usagestats.core.UsageStatsClient;

/** A program for the tests to run: names a flag and a consent store, or neither, and shows what comes of it. */
final class NamedMain {

    private NamedMain() {}

    /**
     * Runs it.
     *
     * @param args directory, then the names of a flag and a consent store, if any
     */
    public static void main(String[] args) {
        UsageStatsClient.Builder builder = UsageStatsClient.builder("named-main", "1.0")
                .location(Path.of(args[0]))
                .dropPoint(URI.create("http://127.0.0.1:9/"));
        if (args.length > 1) {
            builder.flag(args[1]).consentStore(args[2]);
        }
        try (UsageStats stats = builder.open()) {
            stats.submit(note("a", 1));
            System.out.println(stats.consent().state());
            System.out.print(stats.pending().get(0).text());
        }
    }
}
