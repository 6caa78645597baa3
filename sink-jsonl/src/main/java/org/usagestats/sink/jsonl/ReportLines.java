package org.usagestats.sink.jsonl;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.usagestats.sink.ReportTaker;
import org.usagestats.sink.ReportTaker.Place;
import org.usagestats.sink.kit.EraseKey;
import org.usagestats.sink.kit.LocalDisk;

/** Tells what the lines of segments are, without any right on them: reports, unless they were erased, or damage. */
final class ReportLines {

    private final EraseList erasures;
    private final Set<EraseKey> erased = new HashSet<>();

    /** Reads what was erased so far. */
    ReportLines(Layout layout) throws IOException {
        erasures = new EraseList(layout, new LocalDisk());
        rereadErasures();
    }

    /** Reads what was erased since. */
    void rereadErasures() throws IOException {
        erasures.news().forEach(report -> erased.add(report.key()));
    }

    /** Hands over what stands in the line at which a reader is. */
    void take(Segment segment, Place place, LineReader line, ReportTaker taker) throws IOException {
        byte[] bytes = line.bytes();
        int from = line.from();
        switch (Line.check(bytes, from, line.to())) {
            case HOLDS -> report(place, bytes, from, Line.unseal(bytes, line.to()), taker);
            case FAILS -> taker.damage(place, "its checksum does not hold");
            case MISSING -> {
                if (!segment.hasChecksums()) {
                    report(place, bytes, from, line.to(), taker);
                } else {
                    taker.damage(place, "it has no checksum");
                }
            }
        }
    }

    private void report(Place place, byte[] bytes, int from, int to, ReportTaker taker) throws IOException {
        boolean hidden = !erased.isEmpty()
                && StoredHead.of(bytes, from, to)
                        .eraseKey()
                        .filter(erased::contains)
                        .isPresent();
        if (!hidden) {
            taker.report(place, Arrays.copyOfRange(bytes, from, to));
        }
    }
}
