package org.usagestats.sink.jsonl;

import java.io.Closeable;
import java.io.IOException;

/** Walks over the reports of one segment and counts the lines that are damaged. */
final class SegmentReader implements Closeable {

    private final Segment segment;
    private final boolean numbered;
    private final boolean growing;
    private final LineReader lines;
    private int end;
    private long damaged;
    private long whole;

    /**
     * Starts before the first report.
     *
     * @param layout where the segment is
     * @param instance whose sink reads it: the segments of others may be growing
     * @param readable how many bytes to read at the most
     */
    SegmentReader(Segment segment, Layout layout, String instance, long readable) throws IOException {
        this(segment, instance, layout.look(segment, file -> new LineReader(file, readable)));
    }

    /**
     * Starts where a line begins.
     *
     * @param segment the segment
     * @param instance whose sink reads it: the segments of others may be growing
     * @param lines the lines from there on
     */
    SegmentReader(Segment segment, String instance, LineReader lines) {
        this.segment = segment;
        this.numbered = segment.isNumbered();
        this.growing = numbered && segment.sequenceOf(instance) == 0;
        this.lines = lines;
        this.whole = lines.offset();
    }

    Segment segment() {
        return segment;
    }

    /** Goes to the next report; false if there is none. */
    boolean next() throws IOException {
        for (LineReader.Step step = lines.next(); step != LineReader.Step.END; step = lines.next()) {
            whole = step == LineReader.Step.UNTERMINATED ? whole : lines.offset();
            if (step == LineReader.Step.LINE && isReport()) {
                return true;
            }
            if (step != LineReader.Step.UNTERMINATED || !growing) {
                damaged++;
            }
        }
        return false;
    }

    /** Finds the JSON object in the line and makes it stand alone. */
    private boolean isReport() {
        byte[] bytes = lines.bytes();
        end = lines.to();
        return switch (Line.check(bytes, lines.from(), end)) {
            case HOLDS -> {
                end = Line.unseal(bytes, end);
                yield true;
            }
            case FAILS -> false;
            case MISSING -> !numbered && end > lines.from() && bytes[end - 1] == '}';
        };
    }

    /** The array in which the report stands until the next step. */
    byte[] bytes() {
        return lines.bytes();
    }

    /** Where its canonical JSON object begins. */
    int from() {
        return lines.from();
    }

    /** Where its canonical JSON object ends. */
    int to() {
        return end;
    }

    /** How many lines were damaged so far. */
    long damaged() {
        return damaged;
    }

    /** Where in the file the line after the last whole one begins. */
    long whole() {
        return whole;
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
