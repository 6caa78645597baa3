package org.usagestats.it;

import static org.usagestats.api.Note.note;

import java.net.URI;
import java.nio.file.Path;
import org.usagestats.api.Submission;
import org.usagestats.api.UsageStats;
import org.usagestats.core.UploadSchedule;
import org.usagestats.core.UsageStatsClient;

/**
 * A program for the tests to run: opens the usage statistics in a directory, submits so many reports, each with a number of
 * its own, and, if told so, agrees to have them sent, or stays until it is killed. It can be packaged without a {@code java}
 * command.
 */
final class SubmitMain {

    private SubmitMain() {}

    /**
     * Runs it.
     *
     * @param args directory, drop point, {@code detached} or {@code in-process}, first number, count, {@code agrees},
     *     {@code ends}, {@code stays}, or {@code tells}, which is to stay and to say each number once its report is kept
     */
    public static void main(String[] args) throws Exception {
        if (UsageStatsClient.delivers(args)) {
            return;
        }
        UsageStatsClient.Builder builder = UsageStatsClient.builder("submit-main", "1.0")
                .location(Path.of(args[0]))
                .dropPoint(URI.create(args[1]))
                .uploads(UploadSchedule.everySubmit());
        if (args[2].equals("detached")) {
            builder.detached();
        }
        try (UsageStats stats = builder.open()) {
            if (args[5].equals("agrees")) {
                stats.enableReporting();
            }
            int first = Integer.parseInt(args[3]);
            for (int i = first; i < first + Integer.parseInt(args[4]); i++) {
                Submission submission = stats.submit(note("number", i));
                if (args[5].equals("tells") && submission.fate() == Submission.Fate.SPOOLED) {
                    System.out.println(i);
                }
            }
            System.out.println("submitted");
            if (args[5].equals("stays") || args[5].equals("tells")) {
                Thread.currentThread().join();
            }
        }
    }
}
