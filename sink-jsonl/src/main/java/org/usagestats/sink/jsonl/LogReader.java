package org.usagestats.sink.jsonl;

import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Walks over the reports of a log, segment by segment. Damage is counted and passed over; other instances may go on
 * writing meanwhile.
 */
final class LogReader implements Closeable {

    private static final System.Logger LOG = System.getLogger("org.usagestats.sink.jsonl");

    private final Layout layout;
    private final String instance;
    private final Frontier frontier;
    private final Iterator<Segment> segments;
    private @Nullable LineReader lines;
    private @Nullable Segment segment;
    private boolean checked;
    private boolean growing;
    private int end;
    private long damaged;

    /**
     * Starts before the first report.
     *
     * @param settings whose log it is
     * @param frontier how far the segments of this instance may be read
     * @param segments the segments to read, in this order
     */
    LogReader(Settings settings, Frontier frontier, List<Segment> segments) {
        this.layout = settings.layout();
        this.instance = settings.instance();
        this.frontier = frontier;
        this.segments = segments.iterator();
    }

    /** Goes to the next report; false if there is none. */
    boolean next() throws IOException {
        while (true) {
            if (lines == null) {
                if (!segments.hasNext()) {
                    return false;
                }
                open(segments.next());
            } else if (nextIn(lines)) {
                return true;
            }
        }
    }

    /** The segment in which the report stands. */
    Segment segment() {
        return segment;
    }

    /** The array in which the report stands until the next step. */
    byte[] bytes() {
        return current().bytes();
    }

    /** Where its canonical JSON object begins. */
    int from() {
        return current().from();
    }

    /** Where its canonical JSON object ends. */
    int to() {
        return end;
    }

    /** How many lines, or whole files, could not be read so far. */
    long damaged() {
        return damaged;
    }

    private LineReader current() {
        if (lines == null) {
            throw new IllegalStateException("there is no report here");
        }
        return lines;
    }

    private void open(Segment segment) {
        long sequence = segment.sequenceOf(instance);
        Path file = layout.file(segment);
        checked = segment.isNumbered();
        growing = checked && sequence == 0;
        try {
            lines = new LineReader(file, sequence == 0 ? Long.MAX_VALUE : frontier.readable(sequence));
        } catch (IOException unreadable) {
            skip(file.toString(), unreadable);
        }
    }

    /** Goes to the next report of a segment; false if it has no more, and then it is closed. */
    private boolean nextIn(LineReader segment) throws IOException {
        try {
            for (LineReader.Step step = segment.next(); step != LineReader.Step.END; step = segment.next()) {
                if (step == LineReader.Step.LINE && isReport(segment)) {
                    return true;
                }
                if (step != LineReader.Step.UNTERMINATED || !growing) {
                    damaged++;
                }
            }
        } catch (IOException unreadable) {
            skip("the rest of a segment", unreadable);
        }
        segment.close();
        lines = null;
        return false;
    }

    private boolean isReport(LineReader line) {
        byte[] bytes = line.bytes();
        end = line.to();
        return switch (Line.check(bytes, line.from(), end)) {
            case HOLDS -> {
                end = Line.unseal(bytes, end);
                yield true;
            }
            case FAILS -> false;
            case MISSING -> !checked && end - line.from() >= 2 && bytes[line.from()] == '{' && bytes[end - 1] == '}';
        };
    }

    private void skip(String what, IOException unreadable) {
        damaged++;
        LOG.log(Level.WARNING, "cannot read " + what + ": " + unreadable);
    }

    @Override
    public void close() throws IOException {
        if (lines != null) {
            lines.close();
        }
    }
}
