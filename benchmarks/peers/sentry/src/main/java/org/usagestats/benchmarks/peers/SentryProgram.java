package org.usagestats.benchmarks.peers;

import io.sentry.Sentry;
import io.sentry.SentryEvent;
import io.sentry.SentryOptions;
import io.sentry.protocol.Message;
import java.net.URI;
import java.util.Map;

/** Starts, records one event, sends it by Sentry, and exits. */
final class SentryProgram {

    private static final Map<String, String> EVENT = Map.of(
            "mode", "compatibility",
            "what", "Ran the program",
            "architecture", "x86_64",
            "distribution", "debian;12",
            "system", "Linux;6.1",
            "java", "17;0;15;Debian",
            "session_time", "0.100");

    private SentryProgram() {}

    /**
     * Runs the program.
     *
     * @param args the URL of a server of this machine
     */
    public static void main(String[] args) {
        URI server = URI.create(args[0]);
        SentryOptions options = new SentryOptions();
        options.setDsn("http://key@" + server.getAuthority() + "/1");
        options.setRelease("cool-program@0.1");
        // Would look up this machine's name, which may ask the network.
        options.setAttachServerName(false);
        Sentry.init(options);
        SentryEvent event = new SentryEvent();
        Message message = new Message();
        message.setFormatted("run");
        event.setMessage(message);
        event.setTags(EVENT);
        Sentry.captureEvent(event);
        Sentry.flush(5_000);
        Sentry.close();
    }
}
