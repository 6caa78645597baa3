package org.usagestats.sink.kit;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reports that are to be erased when they arrive, since their sender asked for it while they may have been under way.
 *
 * <p>Each is awaited for ten minutes. At most 100,000 are: beyond that the oldest are given up, so that nobody who guesses
 * can take up memory. Not for use by several threads.
 */
public final class AwaitedReports {

    private static final Duration SPAN = Duration.ofMinutes(10);
    private static final int MOST = 100_000;

    /** Until when each is awaited; the first was added first. */
    private final Map<EraseKey, Instant> until = new LinkedHashMap<>();

    /** Creates a set that awaits no report. */
    public AwaitedReports() {}

    /**
     * Awaits reports from now on.
     *
     * @param reports their keys
     * @param now the time now
     */
    public void add(Collection<EraseKey> reports, Instant now) {
        for (EraseKey report : reports) {
            until.remove(report);
            until.put(report, now.plus(SPAN));
        }
        Iterator<Instant> oldest = until.values().iterator();
        while (oldest.hasNext() && (oldest.next().isBefore(now) || until.size() > MOST)) {
            oldest.remove();
        }
    }

    /**
     * Awaits a report no longer.
     *
     * @param report its key
     */
    public void remove(EraseKey report) {
        until.remove(report);
    }

    /**
     * Tells whether there is none, so that no key need be made.
     *
     * @return true if no report is awaited
     */
    public boolean isEmpty() {
        return until.isEmpty();
    }

    /**
     * Tells whether a report is awaited.
     *
     * @param report its key
     * @param received when it arrived
     * @return true if it is to be erased as it arrives
     */
    public boolean contains(EraseKey report, Instant received) {
        Instant end = until.get(report);
        return end != null && !received.isAfter(end);
    }
}
