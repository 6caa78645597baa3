package org.usagestats.sink.jsonl;

import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.usagestats.sink.kit.Disk;
import org.usagestats.sink.kit.EraseKey;

/**
 * Takes from the disk what was erased, in rounds on a thread of its own: those who ask at about the same time share one. A
 * round also learns what other instances were asked to erase, and brings up to date what is derived from segments.
 *
 * <p>Sealed segments are rewritten by any instance, one instance at a time. The newest segment of an instance that runs is
 * its own: it begins another and so seals it. That of an instance that does not run is rewritten while the right to change
 * it is held; should the instance start just then, it waits for it.
 */
final class EraseRounds implements Closeable {

    private static final System.Logger LOG = System.getLogger("org.usagestats.sink.jsonl");

    private final Settings settings;
    private final Writer writer;
    private final Eraser eraser;
    private final Rewriting rewriting;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    EraseRounds(Settings settings, Disk disk, Writer writer, Eraser eraser) {
        this.settings = settings;
        this.writer = writer;
        this.eraser = eraser;
        this.rewriting = new Rewriting(settings.layout(), disk);
    }

    /** Starts the thread. */
    void start() {
        Thread thread = new Thread(this::run, "usagestats-jsonl-erasing-" + settings.instance());
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try {
            while (!isClosing(settings.pace().toNanos())) {
                roundOrLog();
            }
        } finally {
            ended.complete(null);
        }
    }

    private boolean isClosing(long nanos) {
        try {
            return closing.await(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException strayInterrupt) {
            return false;
        }
    }

    private void roundOrLog() {
        try {
            round();
        } catch (IOException failed) {
            if (isClosing(0)) {
                return;
            }
            LOG.log(
                    Level.WARNING,
                    "the next round will erase what this could not in "
                            + settings.layout().root() + ": " + Failure.reason(failed));
        }
    }

    private void round() throws IOException {
        eraser.learn();
        Map<EraseKey, EraseKey> pending = eraser.pending();
        Map<Segment, Set<EraseKey>> places = eraser.locate(pending.keySet());
        if (pending.isEmpty()) {
            return;
        }
        BriefLock.holding(settings.layout().eraseLock(), 0, () -> erase(pending, places));
    }

    private void erase(Map<EraseKey, EraseKey> pending, Map<Segment, Set<EraseKey>> places) throws IOException {
        rewriting.cleanUp();
        cleanQuarantine(new HashSet<>(pending.values()));
        Set<EraseKey> done = new HashSet<>(pending.keySet());
        for (Map.Entry<Segment, Set<EraseKey>> place : places.entrySet()) {
            if (isClosing(0)) {
                return;
            }
            Map<EraseKey, EraseKey> reports = new LinkedHashMap<>(pending);
            reports.keySet().retainAll(place.getValue());
            if (!rewrite(place.getKey(), reports)) {
                done.removeAll(place.getValue());
            }
        }
        eraser.done(done);
        if (eraser.pending().isEmpty()) {
            eraser.forgetOld();
        }
    }

    /**
     * Rewrites a segment.
     *
     * @return false if its instance must do it
     */
    private boolean rewrite(Segment segment, Map<EraseKey, EraseKey> reports) throws IOException {
        if (segment.sequenceOf(settings.instance()) >= writer.frontier().sequence()) {
            writer.between((log, refused) -> log.beginNext(segment.day()));
        } else if (isNewestOfAnother(segment)) {
            return holding(segment.instance().orElseThrow(), () -> {
                rewriting.segment(segment, reports);
                eraser.replaced(segment);
            });
        }
        rewriting.segment(segment, reports);
        return true;
    }

    private boolean isNewestOfAnother(Segment segment) throws IOException {
        return segment.sequenceOf(settings.instance()) == 0
                && Segment.newest(settings.layout().segments()).contains(segment);
    }

    /** What an instance that runs has set aside is its own. */
    private void cleanQuarantine(Set<EraseKey> ids) throws IOException {
        for (Path file : settings.layout().quarantined()) {
            Optional<String> owner = Segment.instanceOf(file.getFileName().toString());
            if (owner.isEmpty() || owner.get().equals(settings.instance())) {
                rewriting.quarantined(file, ids);
            } else {
                holding(owner.get(), () -> rewriting.quarantined(file, ids));
            }
        }
    }

    /** Does work on what belongs to another instance, unless that runs. */
    private boolean holding(String instance, BriefLock.Work work) throws IOException {
        return BriefLock.holding(settings.layout().instanceLock(instance), InstanceLock.NEWEST_SEGMENT, work);
    }

    /** Ends the thread, after the segment that it rewrites. */
    @Override
    public void close() {
        closing.countDown();
        ended.join();
    }
}
