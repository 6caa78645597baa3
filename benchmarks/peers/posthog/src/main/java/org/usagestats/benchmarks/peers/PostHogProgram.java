package org.usagestats.benchmarks.peers;

import com.posthog.server.PostHog;
import com.posthog.server.PostHogCaptureOptions;
import com.posthog.server.PostHogConfig;
import com.posthog.server.PostHogInterface;
import java.io.File;
import java.util.Map;

/**
 * Starts, records one event, sends it by PostHog, and exits. PostHog sends on a daemon thread, and none of its calls waits until
 * it did: the program waits for a file that the server makes.
 */
final class PostHogProgram {

    private static final Map<String, Object> EVENT = Map.of(
            "mode", "compatibility",
            "what", "Ran the program",
            "architecture", "x86_64",
            "distribution", "debian;12",
            "system", "Linux;6.1",
            "java", "17;0;15;Debian",
            "session_time", "0.100");

    private PostHogProgram() {}

    /**
     * Runs the program.
     *
     * @param args the URL of a server of this machine, and the file that it makes when it received something
     * @throws InterruptedException never
     */
    public static void main(String[] args) throws InterruptedException {
        File received = new File(args[1]);
        PostHogInterface postHog = PostHog.with(
                new PostHogConfig.Builder("key").host(args[0]).flushAt(1).build());
        postHog.capture(
                "installation",
                "run",
                PostHogCaptureOptions.builder().properties(EVENT).build());
        postHog.flush();
        while (!received.exists()) {
            Thread.sleep(1);
        }
        postHog.close();
        System.exit(0);
    }
}
