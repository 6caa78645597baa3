package org.usagestats.benchmarks.programs;

import static org.usagestats.api.Flags.JAVA_VERSION;
import static org.usagestats.api.Flags.OPERATING_SYSTEM;
import static org.usagestats.api.Flags.SESSION_TIME;
import static org.usagestats.api.Note.note;

import java.io.File;
import java.net.URI;
import org.usagestats.api.UsageStats;
import org.usagestats.core.UsageStatsClient;

/** Opens its usage statistics, works, and submits one report with three flags before it ends: the README's program. */
final class CoolProgram {

    private CoolProgram() {}

    /**
     * Runs the program.
     *
     * @param args how many milliseconds its work takes, the drop point, the spool, and {@code detached} or {@code in-process}
     * @throws InterruptedException never
     */
    public static void main(String[] args) throws InterruptedException {
        long start = System.nanoTime();
        UsageStats stats = open(args[1], args[2], args[3]);
        long opened = System.nanoTime();
        Thread.sleep(Long.parseLong(args[0]));
        long worked = System.nanoTime();
        stats.note("mode", "compatibility");
        stats.submit(note("what", "Ran the program"), OPERATING_SYSTEM, JAVA_VERSION, SESSION_TIME);
        stats.close();
        System.out.println(System.nanoTime() - worked + opened - start);
    }

    private static UsageStats open(String dropPoint, String spool, String dispatch) {
        UsageStatsClient.Builder builder = UsageStatsClient.builder("cool-program", "0.1")
                .dropPoint(URI.create(dropPoint))
                .location(new File(spool).toPath());
        return dispatch.equals("detached") ? builder.detached().open() : builder.open();
    }
}
