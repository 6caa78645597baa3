package org.usagestats.it;

import static org.usagestats.api.Flags.JAVA_VERSION;
import static org.usagestats.api.Flags.OPERATING_SYSTEM;
import static org.usagestats.api.Flags.SESSION_TIME;
import static org.usagestats.api.Note.note;

import java.net.URI;
import java.nio.file.Path;
import org.usagestats.api.UsageStats;
import org.usagestats.core.UsageStatsClient;

/** The README's program, in the directory and with the drop point that it is given. */
final class ShortMain {

    private ShortMain() {}

    /**
     * Runs it.
     *
     * @param args directory and drop point
     */
    public static void main(String[] args) {
        try (UsageStats stats = UsageStatsClient.builder("cool-program", "0.1")
                .dropPoint(URI.create(args[1]))
                .location(Path.of(args[0]))
                .open()) {
            stats.note("mode", "compatibility");
            stats.submit(note("what", "Ran the program"), OPERATING_SYSTEM, JAVA_VERSION, SESSION_TIME);
        }
    }
}
