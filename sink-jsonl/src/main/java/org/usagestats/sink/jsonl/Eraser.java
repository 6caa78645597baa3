package org.usagestats.sink.jsonl;

import java.io.Closeable;
import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.usagestats.api.Erasure;
import org.usagestats.sink.kit.Disk;
import org.usagestats.sink.kit.EraseKey;

/**
 * Takes the wishes to erase reports: from its return on, the reports are hidden from readers and refused when they come
 * again. {@link EraseRounds} takes them from the disk. For use by several threads.
 */
final class Eraser implements Closeable {

    private final Writer writer;
    private final EraseList list;
    private final EraseIndex index;
    private final EraseRounds rounds;

    /** The ids, by key, of the reports that may still be in segments; replaced, never changed. */
    private volatile Map<EraseKey, EraseKey> pending = Map.of();

    private Eraser(Settings settings, Disk disk, Writer writer) {
        this.writer = writer;
        this.list = new EraseList(settings.layout(), disk);
        this.index = new EraseIndex(settings, disk);
        this.rounds = new EraseRounds(settings, disk, writer, this);
    }

    /** Takes over what is listed, and starts the rounds. */
    static Eraser start(Settings settings, Disk disk, Writer writer) throws IOException {
        Eraser eraser = new Eraser(settings, disk, writer);
        eraser.learn();
        eraser.rounds.start();
        return eraser;
    }

    /**
     * Erases reports.
     *
     * <p>First those that may be under way are awaited, between two batches of the writer: a report is kept by then, and
     * found, or it is refused when its turn comes.
     */
    void erase(List<Erasure> erasures) throws IOException {
        Map<EraseKey, ErasedReport> wanted = new LinkedHashMap<>();
        for (Erasure erasure : erasures) {
            ErasedReport report = ErasedReport.of(erasure);
            wanted.put(report.key(), report);
        }
        learn();
        writer.between((log, refused) -> refused.awaited().add(wanted.keySet(), Instant.now()));
        Set<EraseKey> found = new HashSet<>();
        locate(wanted.keySet()).values().forEach(found::addAll);
        wanted.keySet().retainAll(found);
        if (!wanted.isEmpty()) {
            list.add(wanted.values());
            take(wanted.values());
        }
    }

    /** Finds the segments that hold reports, by the reports' keys. */
    Map<Segment, Set<EraseKey>> locate(Collection<EraseKey> reports) throws IOException {
        return index.find(reports, writer::frontier);
    }

    /** Says that a segment that is not sealed is another file now. */
    void replaced(Segment segment) {
        index.forget(segment);
    }

    /** Takes over what other instances, or earlier runs, were asked to erase. */
    synchronized void learn() throws IOException {
        List<ErasedReport> news = list.news();
        if (!news.isEmpty()) {
            take(news);
        }
    }

    private synchronized void take(Collection<ErasedReport> reports) throws IOException {
        Map<EraseKey, EraseKey> more = new LinkedHashMap<>(pending);
        reports.forEach(report -> more.put(report.key(), report.id()));
        pending = Collections.unmodifiableMap(more);
        writer.between((log, refused) -> refused.erased(reports));
    }

    /** The ids, by key, of the reports to hide from readers that begin now, and to take from the disk. */
    Map<EraseKey, EraseKey> pending() {
        return pending;
    }

    /** Says that reports are in no segment any more. */
    synchronized void done(Collection<EraseKey> reports) {
        Map<EraseKey, EraseKey> fewer = new LinkedHashMap<>(pending);
        fewer.keySet().removeAll(reports);
        pending = Collections.unmodifiableMap(fewer);
    }

    /** Forgets what was erased so long ago that nobody sends it again. */
    void forgetOld() throws IOException {
        List<ErasedReport> forgotten = list.forgetOld(Instant.now());
        if (!forgotten.isEmpty()) {
            writer.between((log, refused) -> refused.forget(forgotten));
        }
    }

    /** Ends the rounds. */
    @Override
    public void close() {
        index.close();
        rounds.close();
    }
}
