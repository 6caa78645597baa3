package org.usagestats.it;

import static org.usagestats.api.Flags.SESSION_TIME;
import static org.usagestats.api.Note.note;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.usagestats.api.UsageStats;
import org.usagestats.core.Prompt;
import org.usagestats.core.UploadSchedule;
import org.usagestats.core.UsageStatsClient;

/** A program for the tests to end: it notes something, asks to have it submitted at exit, and says so. */
final class ExitMain {

    private ExitMain() {}

    /**
     * Runs it.
     *
     * @param args directory, drop point, the user's decision ({@code yes}, {@code no} or {@code none}), and how it ends:
     *     {@code closes}, {@code exits}, {@code stays}, or {@code exits-closed}, which is to close first
     */
    public static void main(String[] args) throws InterruptedException {
        try (UsageStats stats = UsageStatsClient.builder("exit-main", "1.0")
                .location(Path.of(args[0]))
                .dropPoint(URI.create(args[1]))
                .uploads(UploadSchedule.everySubmit())
                .waitAtClose(Duration.ofSeconds(60))
                .prompt(Prompt.forCommands("exit-main --yes", "exit-main --no"))
                .open()) {
            if (args[2].equals("yes")) {
                stats.enableReporting();
            } else if (args[2].equals("no")) {
                stats.disableReporting();
            }
            stats.submitAtExit(note("last", 1), SESSION_TIME);
            stats.note("left", 1);
            System.out.println("noted");
            end(stats, args[3]);
        }
    }

    private static void end(UsageStats stats, String how) throws InterruptedException {
        if (how.equals("exits-closed")) {
            stats.close();
        }
        if (how.startsWith("exits")) {
            System.exit(3);
        }
        if (how.equals("stays")) {
            Thread.currentThread().join();
        }
    }
}
