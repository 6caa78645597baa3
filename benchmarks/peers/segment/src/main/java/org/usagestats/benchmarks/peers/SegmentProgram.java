package org.usagestats.benchmarks.peers;

import com.segment.analytics.Analytics;
import com.segment.analytics.messages.TrackMessage;
import java.util.Map;

/** Starts, records one event, sends it by Segment, and exits. */
final class SegmentProgram {

    private static final Map<String, String> EVENT = Map.of(
            "mode", "compatibility",
            "what", "Ran the program",
            "architecture", "x86_64",
            "distribution", "debian;12",
            "system", "Linux;6.1",
            "java", "17;0;15;Debian",
            "session_time", "0.100");

    private SegmentProgram() {}

    /**
     * Runs the program.
     *
     * @param args the URL of a server of this machine
     */
    public static void main(String[] args) {
        Analytics analytics = Analytics.builder("key").endpoint(args[0]).build();
        analytics.enqueue(TrackMessage.builder("run").userId("installation").properties(EVENT));
        analytics.flush();
        analytics.shutdown();
        System.exit(0);
    }
}
