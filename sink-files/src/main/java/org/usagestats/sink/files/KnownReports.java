package org.usagestats.sink.files;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.usagestats.api.Erasure;
import org.usagestats.sink.Outcome;
import org.usagestats.sink.ReceivedReport;
import org.usagestats.sink.kit.AwaitedReports;
import org.usagestats.sink.kit.EraseKey;
import org.usagestats.sink.kit.Fingerprint;
import org.usagestats.sink.kit.IdWindow;

/**
 * The reports that were kept before, and those that are being kept just now.
 *
 * <p>Whoever appends claims its new reports, all at once and holding no others, so that nobody waits in a circle. An
 * append with a report that another has claimed waits until it is known whether that one was kept.
 */
final class KnownReports {

    private record Arrival(Fingerprint fingerprint, ReceivedReport report) {}

    /**
     * What becomes of the reports of one append.
     *
     * @param fresh those that are claimed, in their order
     * @param outcomes the outcome of each report if the claimed ones are kept
     */
    record Claim(Map<Fingerprint, Arrival> fresh, List<Outcome> outcomes) {

        /** The reports to keep. */
        List<ReceivedReport> reports() {
            return fresh.values().stream().map(Arrival::report).toList();
        }
    }

    private final IdWindow window;
    private final AwaitedReports awaited = new AwaitedReports();
    private final Set<Fingerprint> claimed = new HashSet<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition released = lock.newCondition();
    private boolean closed;

    KnownReports(IdWindow window) {
        this.window = window;
    }

    /**
     * Claims those of an append's reports that are new; each claim must be released.
     *
     * @throws IOException if the sink is closed
     */
    Claim claim(List<ReceivedReport> reports) throws IOException {
        List<Arrival> arrivals = new ArrayList<>(reports.size());
        reports.forEach(report -> arrivals.add(new Arrival(window.fingerprint(report), report)));
        lock.lock();
        try {
            while (arrivals.stream().anyMatch(arrival -> claimed.contains(arrival.fingerprint()))) {
                released.awaitUninterruptibly();
            }
            if (closed) {
                throw new IOException("the files sink is closed");
            }
            Claim claim = decide(arrivals);
            claimed.addAll(claim.fresh().keySet());
            return claim;
        } finally {
            lock.unlock();
        }
    }

    private Claim decide(List<Arrival> arrivals) {
        Map<Fingerprint, Arrival> fresh = new LinkedHashMap<>();
        List<Outcome> outcomes = new ArrayList<>(arrivals.size());
        for (Arrival arrival : arrivals) {
            if (isAwaited(arrival.report())) {
                window.add(arrival.fingerprint(), arrival.report().received());
                outcomes.add(Outcome.DUPLICATE);
            } else {
                outcomes.add(window.seen(arrival.fingerprint(), arrival.report().received())
                        .orElseGet(() -> amongFresh(fresh, arrival)));
            }
        }
        return new Claim(fresh, outcomes);
    }

    private boolean isAwaited(ReceivedReport report) {
        return !awaited.isEmpty()
                && report.eraseHash().isPresent()
                && awaited.contains(
                        EraseKey.of(
                                report.id().orElseThrow(), report.eraseHash().get()),
                        report.received());
    }

    /**
     * Lets no report in that is to be erased, for the next minutes, and waits for those with its id that are being kept just
     * now.
     *
     * @param erasures what is to be erased, by its key
     * @throws IOException if the sink is closed
     */
    void await(Map<EraseKey, Erasure> erasures) throws IOException {
        List<Fingerprint> ids = erasures.values().stream()
                .map(erasure -> window.fingerprint(erasure.id(), new byte[0], 0, 0))
                .toList();
        lock.lock();
        try {
            awaited.add(erasures.keySet(), Instant.now());
            while (ids.stream().anyMatch(claimed::contains)) {
                released.awaitUninterruptibly();
            }
            if (closed) {
                throw new IOException("the files sink is closed");
            }
        } finally {
            lock.unlock();
        }
    }

    private static Outcome amongFresh(Map<Fingerprint, Arrival> fresh, Arrival arrival) {
        Arrival earlier = fresh.putIfAbsent(arrival.fingerprint(), arrival);
        return earlier == null ? Outcome.STORED : arrival.fingerprint().after(earlier.fingerprint());
    }

    /** Says that the claimed reports are kept. */
    void keep(Claim claim) {
        lock.lock();
        try {
            for (Arrival arrival : claim.fresh().values()) {
                window.add(arrival.fingerprint(), arrival.report().received());
            }
        } finally {
            lock.unlock();
        }
    }

    /** Gives the claim up, and lets those look again who wait for it. */
    void release(Claim claim) {
        lock.lock();
        try {
            claim.fresh().keySet().forEach(claimed::remove);
            released.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Allows no further claim, waits until all are released, and tells whether this was the first call. */
    boolean close() {
        lock.lock();
        try {
            boolean first = !closed;
            closed = true;
            while (!claimed.isEmpty()) {
                released.awaitUninterruptibly();
            }
            return first;
        } finally {
            lock.unlock();
        }
    }
}
