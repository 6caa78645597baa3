package org.usagestats.sink.kit;

import java.util.Optional;
import org.usagestats.sink.Query;
import org.usagestats.sink.Selection;

/** Tells which reports are of a selection, by its filter and its period. Not for use by several threads. */
public final class SelectedReports {

    private final JsonTrees json = new JsonTrees();
    private final Extraction extraction;
    private final boolean all;

    /**
     * Prepares a selection.
     *
     * @param selection which reports
     */
    public SelectedReports(Selection selection) {
        this.extraction = new Extraction(Query.count().withSelection(selection), new Firsts());
        this.all = selection.equals(Selection.ALL);
    }

    /**
     * Looks at a report.
     *
     * @param canonicalJson its canonical JSON object
     * @return whether it is of the selection; false if it cannot be read, unless the selection has all
     */
    public boolean hold(byte[] canonicalJson) {
        return hold(canonicalJson, 0, canonicalJson.length);
    }

    /**
     * Looks at a report within a larger array.
     *
     * @param bytes the array
     * @param offset where the report's canonical JSON object begins
     * @param length how many bytes it has
     * @return whether it is of the selection; false if it cannot be read, unless the selection has all
     */
    public boolean hold(byte[] bytes, int offset, int length) {
        if (all) {
            return true;
        }
        Optional<JsonTree.Members> report = json.readObject(bytes, offset, length);
        return report.isPresent()
                && extraction.isInPeriod(extraction.time(report.get()))
                && extraction.passes(report.get());
    }
}
