package org.usagestats.core;

import org.usagestats.api.Consent;

/** What a program asked to have submitted by itself: now and again, and when it ends. */
final class LongRun {

    private final Repetitions repetitions;
    private final LastReport lastReport;

    LongRun(Client client, Installation installation, UsageStatsClient.Builder settings) {
        this.repetitions = new Repetitions(client, installation, settings);
        this.lastReport = new LastReport(client, settings);
    }

    Repetitions repetitions() {
        return repetitions;
    }

    LastReport lastReport() {
        return lastReport;
    }

    void heed(Consent consent) {
        repetitions.heed(consent);
        lastReport.heed(consent);
    }

    void close() {
        lastReport.submit();
        repetitions.close();
    }
}
