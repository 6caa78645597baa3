package org.usagestats.sink.jsonl;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.usagestats.sink.ReceivedReport;
import org.usagestats.sink.kit.AwaitedReports;
import org.usagestats.sink.kit.EraseKey;

/**
 * The reports that are acknowledged and not kept: those that were erased, and those whose erasure came before them. Belongs
 * to the writer's thread.
 */
final class RefusedReports {

    private final AwaitedReports awaited = new AwaitedReports();
    private final Set<EraseKey> erasedIds = new HashSet<>();

    /** Reports whose sender has asked to erase them and which may be under way. */
    AwaitedReports awaited() {
        return awaited;
    }

    /** Refuses reports that were erased, and all others of the same id. */
    void erased(Collection<ErasedReport> reports) {
        for (ErasedReport report : reports) {
            erasedIds.add(report.id());
            awaited.remove(report.key());
        }
    }

    /** Refuses reports no longer. */
    void forget(Collection<ErasedReport> reports) {
        reports.forEach(report -> erasedIds.remove(report.id()));
    }

    /** Tells whether a report was erased, or has the id of one that was. */
    boolean isErased(ReceivedReport report) {
        return !erasedIds.isEmpty()
                && report.id().map(EraseKey::ofId).filter(erasedIds::contains).isPresent();
    }

    /** Tells whether a report is to be erased as it arrives. */
    boolean isAwaited(ReceivedReport report) {
        return !awaited.isEmpty()
                && report.eraseHash()
                        .map(hash -> EraseKey.of(report.id().orElseThrow(), hash))
                        .filter(key -> awaited.contains(key, report.received()))
                        .isPresent();
    }
}
