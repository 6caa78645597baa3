package org.usagestats.benchmarks.peers;

import org.bstats.MetricsBase;
import org.bstats.charts.SimplePie;

/**
 * Starts bStats, gives it one chart, and exits. Nothing is sent: bStats does so some minutes after its start, and always to
 * its own server.
 */
final class BStatsProgram {

    private static final int SERVICE = 1;

    private BStatsProgram() {}

    /**
     * Runs the program.
     *
     * @param args not used
     */
    public static void main(String[] args) {
        // Wants to be relocated into its host, as programs that ship it do.
        System.setProperty("bstats.relocatecheck", "false");
        MetricsBase metrics = new MetricsBase(
                "other",
                "00000000-0000-4000-8000-000000000000",
                SERVICE,
                true,
                platform -> platform.appendField("javaVersion", System.getProperty("java.version")),
                service -> service.appendField("pluginVersion", "0.1"),
                null,
                () -> true,
                (message, failure) -> {},
                message -> {},
                false,
                false,
                false,
                false);
        metrics.addCustomChart(new SimplePie("what", () -> "Ran the program"));
        metrics.shutdown();
    }
}
