package org.usagestats.server;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.usagestats.api.Erasure;
import org.usagestats.sink.ErasableSink;
import org.usagestats.sink.Outcome;
import org.usagestats.sink.ReceivedReport;

/** Remembers what it was asked to erase, and the erase hashes of the reports it was given. */
final class ForgettingSink implements ErasableSink {

    private final List<Erasure> erased = Collections.synchronizedList(new ArrayList<>());
    private final List<String> hashes = Collections.synchronizedList(new ArrayList<>());
    private volatile @Nullable IOException failure;

    @Override
    public List<Outcome> append(List<ReceivedReport> reports) {
        reports.forEach(report -> hashes.add(report.eraseHash().orElse("none")));
        return Collections.nCopies(reports.size(), Outcome.STORED);
    }

    @Override
    public void erase(List<Erasure> erasures) throws IOException {
        IOException with = failure;
        if (with != null) {
            throw with;
        }
        erased.addAll(erasures);
    }

    @Override
    public void close() {}

    /** Makes every erasure fail so. */
    void fail(IOException with) {
        failure = with;
    }

    List<Erasure> erased() {
        return List.copyOf(erased);
    }

    List<String> hashes() {
        return List.copyOf(hashes);
    }
}
