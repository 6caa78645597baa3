package org.usagestats.it;

import static org.usagestats.api.Note.note;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.usagestats.api.UsageStats;
import org.usagestats.core.UploadSchedule;
import org.usagestats.core.UsageStatsClient;

/** A program for the tests to run: sends reports that bear a mark, or has them forgotten. */
final class ForgetMain {

    private ForgetMain() {}

    /**
     * Runs it.
     *
     * @param args directory, drop point, {@code detached} or {@code in-process}, then {@code send} with a mark and a number,
     *     {@code forget}, {@code disable}, or {@code open}
     */
    public static void main(String[] args) {
        UsageStatsClient.Builder builder = UsageStatsClient.builder("forget-main", "1.0")
                .location(Path.of(args[0]))
                .dropPoint(URI.create(args[1]))
                .uniqueUserId()
                .waitAtClose(Duration.ofSeconds(30))
                .uploads(UploadSchedule.everySubmit());
        if (args[2].equals("detached")) {
            builder.detached();
        }
        try (UsageStats stats = builder.open()) {
            switch (args[3]) {
                case "send" -> send(stats, args[4], Integer.parseInt(args[5]));
                case "forget" -> System.out.println(stats.forget().asked());
                case "disable" -> System.out.println(stats.disableReporting().state());
                default -> System.out.println(stats.consent().state());
            }
        }
    }

    private static void send(UsageStats stats, String mark, int count) {
        stats.enableReporting();
        for (int i = 0; i < count; i++) {
            stats.submit(note("mark", mark), note("number", i));
        }
        System.out.println(stats.deliver(Duration.ofSeconds(60)).remaining());
    }
}
