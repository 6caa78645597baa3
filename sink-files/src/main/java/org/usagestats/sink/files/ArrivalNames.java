package org.usagestats.sink.files;

import org.usagestats.sink.ReceivedReport;

/**
 * Names for reports that are stored as they arrive: within the last millisecond it begins where it was, so that a crowded one
 * is not searched again. Many threads may use it at once.
 */
final class ArrivalNames implements FirstNames {

    private long lastMillis;
    private int numbersOfLastMillis;

    @Override
    public synchronized ReportName of(ReceivedReport report) {
        long millis = report.received().toEpochMilli();
        if (millis != lastMillis) {
            lastMillis = millis;
            numbersOfLastMillis = 0;
        }
        return new ReportName(millis, numbersOfLastMillis++, report.format());
    }
}
