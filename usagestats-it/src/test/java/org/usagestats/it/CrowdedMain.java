package org.usagestats.it;

import static org.usagestats.api.Note.note;

import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import org.usagestats.api.UsageStats;
import org.usagestats.core.UploadSchedule;
import org.usagestats.core.UsageStatsClient;

/** A program for the tests to run: it takes every thread that the system grants before it submits a report. */
final class CrowdedMain {

    private CrowdedMain() {}

    /**
     * Runs it.
     *
     * @param args directory, drop point, {@code detached} or {@code in-process}
     */
    public static void main(String[] args) {
        UsageStatsClient.Builder builder = UsageStatsClient.builder("crowded-main", "1.0")
                .location(Path.of(args[0]))
                .dropPoint(URI.create(args[1]))
                .uploads(UploadSchedule.everySubmit());
        if (args[2].equals("detached")) {
            builder.detached();
        }
        try (UsageStats stats = builder.open()) {
            stats.enableReporting();
            takeAllThreads();
            System.out.println(stats.submit(note("number", 1)).fate());
        }
        System.out.println("closed");
        Runtime.getRuntime().halt(0);
    }

    private static void takeAllThreads() {
        try {
            while (true) {
                Thread thread = new Thread(LockSupport::park);
                thread.setDaemon(true);
                thread.start();
            }
        } catch (OutOfMemoryError noMore) {
            // That is what was wanted.
        }
    }
}
