package org.usagestats.sink.files;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.usagestats.sink.kit.EraseKey;

/**
 * Which files hold the reports that may be erased. The directory is read for it once, when the first erasure is asked for;
 * from then on each costs a look-up. Until then there is nothing in memory, and then about 200 bytes a report.
 */
final class ErasableReports {

    private final Map<EraseKey, List<ReportName>> files = new ConcurrentHashMap<>();
    private final ReportReader reader;
    private volatile boolean noting;
    private boolean complete;

    ErasableReports(ReportReader reader) {
        this.reader = reader;
    }

    /** Tells whether reports that are stored from now on must be added: those stored before are found in the directory. */
    boolean isNoting() {
        return noting;
    }

    /** Adds a report that is in the directory. */
    void add(EraseKey key, ReportName file) {
        files.merge(key, List.of(file), ErasableReports::union);
    }

    private static List<ReportName> union(List<ReportName> some, List<ReportName> more) {
        List<ReportName> all = new ArrayList<>(some);
        more.stream().filter(file -> !all.contains(file)).forEach(all::add);
        return all;
    }

    /** The files that hold the reports of these keys. */
    synchronized List<ReportName> find(Collection<EraseKey> keys) throws IOException {
        if (!complete) {
            noting = true;
            reader.findErasable(this);
            complete = true;
        }
        List<ReportName> found = new ArrayList<>();
        for (EraseKey key : keys) {
            for (ReportName file : files.getOrDefault(key, List.of())) {
                // The name may be another report's by now.
                if (reader.eraseKey(file).filter(key::equals).isPresent()) {
                    found.add(file);
                }
            }
        }
        return found;
    }

    /** Forgets reports that are in the directory no more. */
    void remove(Collection<EraseKey> keys) {
        files.keySet().removeAll(keys);
    }
}
