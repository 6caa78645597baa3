package org.usagestats.sink.jsonl;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import org.usagestats.sink.ReportTaker;
import org.usagestats.sink.ReportTaker.Place;

/** Reads a log line by line without any right on it, beside the collectors that write it, and changes nothing. */
final class LogInspection {

    private final Layout layout;
    private final ReportTaker taker;

    /** Prepares to hand a log to a taker. */
    LogInspection(Layout layout, ReportTaker taker) {
        this.layout = layout;
        this.taker = taker;
    }

    /** Reads all segments in their order. */
    void run() throws IOException {
        if (!Files.isDirectory(layout.root())) {
            throw new IOException("there is no directory " + layout.root());
        }
        List<Segment> segments = layout.segments();
        ReportLines reports = new ReportLines(layout);
        Set<Segment> growing = Segment.newest(segments);
        for (Segment segment : segments) {
            // A segment may be gone by now: it was too old, or held nothing but what was erased.
            try (LineReader lines = layout.look(segment, file -> new LineReader(file, Long.MAX_VALUE))) {
                read(segment, lines, growing.contains(segment), reports);
            } catch (IOException unreadable) {
                if (layout.exists(segment)) {
                    throw unreadable;
                }
            }
        }
    }

    private void read(Segment segment, LineReader lines, boolean growing, ReportLines reports) throws IOException {
        String file = layout.root().relativize(layout.found(segment)).toString();
        long number = 0;
        for (LineReader.Step step = lines.next(); step != LineReader.Step.END; step = lines.next()) {
            Place place = new Place(file, ++number);
            switch (step) {
                case LINE -> reports.take(segment, place, lines, taker);
                case TOO_LONG -> taker.damage(place, "longer than " + Line.MAX_BYTES + " bytes");
                case UNTERMINATED -> {
                    if (!growing) {
                        taker.damage(place, "it has no end");
                    }
                }
                case UNREADABLE -> taker.damage(place, "what follows cannot be decompressed");
                case END -> throw new IllegalStateException("an end has no line");
            }
        }
    }
}
