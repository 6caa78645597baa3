package org.usagestats.it;

import static org.usagestats.api.Note.note;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.usagestats.api.UsageStats;
import org.usagestats.core.UploadSchedule;
import org.usagestats.core.UsageStatsClient;

/** A program for the tests to run: submits one report for a collector with a certificate authority of its own. */
final class ProxiedMain {

    private ProxiedMain() {}

    /**
     * Runs it.
     *
     * @param args directory, drop point, certificate authority, {@code detached} or {@code in-process}
     */
    public static void main(String[] args) {
        UsageStatsClient.Builder builder = UsageStatsClient.builder("proxied-main", "1.0")
                .location(Path.of(args[0]))
                .dropPoint(URI.create(args[1]))
                .certificateAuthority(Path.of(args[2]))
                .waitAtClose(Duration.ofSeconds(30))
                .uploads(UploadSchedule.everySubmit());
        if (args[3].equals("detached")) {
            builder.detached();
        }
        try (UsageStats stats = builder.open()) {
            stats.enableReporting();
            System.out.println(stats.submit(note("number", 1)).fate());
        }
    }
}
