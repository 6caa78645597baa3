package org.usagestats.benchmarks.peers;

import com.snowplowanalytics.snowplow.tracker.Snowplow;
import com.snowplowanalytics.snowplow.tracker.Tracker;
import com.snowplowanalytics.snowplow.tracker.events.SelfDescribing;
import com.snowplowanalytics.snowplow.tracker.payload.SelfDescribingJson;
import java.util.Map;

/** Starts, records one event, sends it by Snowplow, and exits. */
final class SnowplowProgram {

    private static final Map<String, String> EVENT = Map.of(
            "mode", "compatibility",
            "what", "Ran the program",
            "architecture", "x86_64",
            "distribution", "debian;12",
            "system", "Linux;6.1",
            "java", "17;0;15;Debian",
            "session_time", "0.100");

    private SnowplowProgram() {}

    /**
     * Runs the program.
     *
     * @param args the URL of a server of this machine
     */
    public static void main(String[] args) {
        Tracker tracker = Snowplow.createTracker("installation", "cool-program", args[0]);
        tracker.track(SelfDescribing.builder()
                .eventData(new SelfDescribingJson("iglu:org.usagestats/run/jsonschema/1-0-0", EVENT))
                .build());
        tracker.close();
        System.exit(0);
    }
}
