package org.usagestats.core;

import org.jspecify.annotations.Nullable;
import org.usagestats.api.Consent;
import org.usagestats.api.Part;

/**
 * The report of what was never submitted, made once when the program ends: by {@link #submit}, or else as a shutdown hook,
 * which is registered while it is asked for and something may be recorded.
 */
final class LastReport extends Thread {

    private final Client client;
    private final UsageStatsClient.Builder settings;
    private Part @Nullable [] parts;
    private boolean registered;
    private boolean made;

    LastReport(Client client, UsageStatsClient.Builder settings) {
        super(null, null, "usagestats-last-report", 0, false);
        this.client = client;
        this.settings = settings;
    }

    synchronized void ask(Part... given) {
        parts = given == null ? new Part[0] : given.clone();
    }

    synchronized void heed(Consent consent) {
        register(consent.recording() && parts != null && !made);
    }

    private synchronized void register(boolean wanted) {
        if (wanted == registered) {
            return;
        }
        registered = wanted;
        try {
            if (wanted) {
                Runtime.getRuntime().addShutdownHook(this);
            } else {
                Runtime.getRuntime().removeShutdownHook(this);
            }
        } catch (IllegalStateException exiting) {
            DebugLog.say("the program ends already, with the last report that was asked for before");
        }
    }

    /** Submits it, unless the program's exit did. */
    void submit() {
        Part[] last = take();
        register(false);
        if (last != null) {
            submit(last);
        }
    }

    @Override
    public void run() {
        Part[] last = take();
        if (last != null) {
            client.beginExit();
            submit(last);
        }
    }

    /** Reads the decision anew where that is a look at a file; a store of the program's own may wait for what has ended. */
    private void submit(Part... last) {
        if (settings.consentStore == null && settings.consentStoreName == null) {
            client.consent();
        }
        if (client.hasUnsubmitted()) {
            client.submit(last);
        }
    }

    private synchronized Part @Nullable [] take() {
        Part[] taken = made ? null : parts;
        made = true;
        return taken;
    }
}
