package org.usagestats.sink.jsonl;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.usagestats.sink.Outcome;
import org.usagestats.sink.kit.Fingerprint;
import org.usagestats.sink.kit.IdWindow;

/** Appends that share one write and one sync, and what becomes of their reports if these succeed. */
final class Batch {

    /**
     * What an append is to be answered.
     *
     * @param known whether that holds already, whatever becomes of the write
     */
    private record Decision(PendingAppend append, List<Outcome> outcomes, boolean known) {}

    private final IdWindow window;
    private final RefusedReports refused;
    private final Map<Fingerprint, PendingAppend.Entry> fresh = new LinkedHashMap<>();
    private final List<Decision> decisions = new ArrayList<>();

    /**
     * Decides about each report.
     *
     * @param window the reports that were kept before
     * @param refused the reports that are not to be kept
     */
    Batch(List<PendingAppend> appends, IdWindow window, RefusedReports refused) {
        this.window = window;
        this.refused = refused;
        for (PendingAppend append : appends) {
            decisions.add(decide(append));
        }
    }

    private Decision decide(PendingAppend append) {
        List<Outcome> outcomes = new ArrayList<>(append.entries().size());
        boolean known = true;
        for (PendingAppend.Entry entry : append.entries()) {
            Optional<Outcome> seen = seen(entry);
            known &= seen.isPresent();
            outcomes.add(seen.orElseGet(() -> amongFresh(entry)));
        }
        return new Decision(append, outcomes, known);
    }

    private Optional<Outcome> seen(PendingAppend.Entry entry) {
        if (refused.isErased(entry.report())) {
            return Optional.of(Outcome.DUPLICATE);
        }
        if (refused.isAwaited(entry.report())) {
            window.add(entry.fingerprint(), entry.received());
            return Optional.of(Outcome.DUPLICATE);
        }
        return window.seen(entry.fingerprint(), entry.received());
    }

    private Outcome amongFresh(PendingAppend.Entry entry) {
        PendingAppend.Entry earlier = fresh.putIfAbsent(entry.fingerprint(), entry);
        return earlier == null ? Outcome.STORED : entry.fingerprint().after(earlier.fingerprint());
    }

    /** How many appends it is made of. */
    int size() {
        return decisions.size();
    }

    /** The lines to write. */
    List<byte[]> lines() {
        return fresh.values().stream().map(PendingAppend.Entry::line).toList();
    }

    /** Says that the lines are kept. */
    void keep() {
        fresh.forEach((fingerprint, entry) -> window.add(fingerprint, entry.received()));
        for (Decision decision : decisions) {
            decision.append().answer(decision.outcomes());
        }
    }

    /** Says that the lines are not kept. */
    void fail(IOException failure) {
        for (Decision decision : decisions) {
            if (decision.known()) {
                decision.append().answer(decision.outcomes());
            } else {
                decision.append().fail(failure);
            }
        }
    }
}
