package org.usagestats.it;

import static org.usagestats.api.Note.note;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.usagestats.api.UsageStats;
import org.usagestats.core.UsageStatsClient;

/** A program for the tests to run: says what {@code verify} says of how it was put together, and then runs as usual. */
final class VerifyMain {

    private VerifyMain() {}

    /**
     * Runs it.
     *
     * @param args directory, drop point
     */
    public static void main(String[] args) {
        try (UsageStats stats = UsageStatsClient.builder("verify-main", "1.0")
                .location(Path.of(args[0]))
                .dropPoint(URI.create(args[1]))
                .open()) {
            try {
                stats.verify();
                System.out.println("verified");
            } catch (IllegalStateException wrong) {
                System.out.println(wrong.getMessage());
            }
            stats.enableReporting();
            System.out.println(stats.submit(note("a", 1)).fate());
            System.out.println(stats.deliver(Duration.ofSeconds(5)).remaining() + " remain");
        }
    }
}
