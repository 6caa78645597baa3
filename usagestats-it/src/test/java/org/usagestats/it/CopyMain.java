package org.usagestats.it;

import static org.usagestats.api.Note.note;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.usagestats.api.UsageStats;
import org.usagestats.core.UploadSchedule;
import org.usagestats.core.UsageStatsClient;

/** A program to be loaded by a class loader of its own, with a copy of the library of its own. */
public final class CopyMain implements Callable<Void> {

    private final Path directory;
    private final URI dropPoint;
    private final int first;

    /**
     * Makes the program.
     *
     * @param directory the spool's directory
     * @param dropPoint the collector's URL
     * @param first the number of the first of a hundred reports
     */
    public CopyMain(String directory, String dropPoint, int first) {
        this.directory = Path.of(directory);
        this.dropPoint = URI.create(dropPoint);
        this.first = first;
    }

    @Override
    public Void call() {
        try (UsageStats stats = UsageStatsClient.builder("copy-main", "1.0")
                .location(directory)
                .dropPoint(dropPoint)
                .uploads(UploadSchedule.everySubmit())
                .open()) {
            stats.enableReporting();
            stats.submitEvery(Duration.ofDays(1), () -> List.of(note("never", "in so short a time")));
            stats.submitAtExit();
            for (int i = first; i < first + 100; i++) {
                stats.submit(note("number", i));
            }
            stats.deliver(Duration.ofSeconds(30));
        }
        return null;
    }
}
