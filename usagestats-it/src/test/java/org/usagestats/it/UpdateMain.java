package org.usagestats.it;

import static org.usagestats.api.Note.note;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.usagestats.api.UsageStats;
import org.usagestats.core.Prompt;
import org.usagestats.core.UploadSchedule;
import org.usagestats.core.UsageStatsClient;

/** A program for the tests to run: its version 2 notes, and declares, one thing more than its version 1. */
final class UpdateMain {

    private UpdateMain() {}

    /**
     * Runs it.
     *
     * @param args directory, drop point, {@code detached} or {@code in-process}, version, {@code enable} or {@code run}
     */
    public static void main(String[] args) {
        UsageStatsClient.Builder builder = UsageStatsClient.builder("update-main", args[3])
                .location(Path.of(args[0]))
                .dropPoint(URI.create(args[1]))
                .prompt(Prompt.forCommands("update-main enable", "update-main disable"))
                .uploads(UploadSchedule.everySubmit())
                .waitAtClose(Duration.ofSeconds(30))
                .collects("mode", "which code path was used");
        if (args[3].equals("2")) {
            builder.collects("what", "which command was run");
        }
        if (args[2].equals("detached")) {
            builder.detached();
        }
        try (UsageStats stats = builder.open()) {
            if (args[4].equals("enable")) {
                System.out.println(stats.enableReporting().reason());
            } else {
                stats.note("mode", "fast");
                stats.submit(note("what", "ran"));
            }
        }
    }
}
