package org.usagestats.sink.jsonl;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.usagestats.sink.ReportTaker;
import org.usagestats.sink.ReportTaker.Place;

/**
 * Reads the end of a segment that its collector may still write. The file stays open, so that all is read that was written to
 * it even if the segment is sealed, rewritten, compressed or deleted meanwhile. One that is compressed is read once, as a whole.
 */
final class SegmentTail implements Closeable {

    private static final long FIRST_LOOK = 1 << 16;

    private final Segment segment;
    private final Place place;
    private final FileChannel file;
    private final Form form;
    private final ReportLines lines;
    private long at;

    /**
     * Starts before the first line.
     *
     * @param path the file that the segment is
     */
    SegmentTail(Segment segment, Path path, Place place, ReportLines lines) throws IOException {
        this.segment = segment;
        this.place = place;
        this.form = Form.of(path);
        this.file = FileChannel.open(path);
        this.lines = lines;
    }

    Segment segment() {
        return segment;
    }

    /**
     * Goes behind the last line that is whole, and on the way there finds the newest reports.
     *
     * @param newest where to; it gets more than it keeps
     */
    void skipTo(NewestLines newest) throws IOException {
        long size = file.size();
        if (form == Form.GZIP) {
            read(true, size, newest);
            return;
        }
        for (long look = FIRST_LOOK; ; look *= 2) {
            newest.clear();
            at = Math.max(0, size - look);
            boolean fromStart = at == 0;
            boolean found = read(fromStart, size, newest) && newest.room() == 0;
            if (found || fromStart) {
                return;
            }
        }
    }

    /** Hands over what was written since the last time. */
    void read(ReportTaker taker) throws IOException {
        long size = file.size();
        if (form == Form.GZIP && at > 0) {
            return;
        }
        // What is missing was taken back, since it could not be written as a whole.
        at = Math.min(at, size);
        if (at < size) {
            read(true, size, taker);
        }
    }

    /**
     * Reads lines up to the last that is whole.
     *
     * @param fromLine whether it stands at the beginning of a line; else what remains of one is passed over
     * @return whether there was the end of a line
     */
    private boolean read(boolean fromLine, long size, ReportTaker taker) throws IOException {
        long start = at;
        LineReader reader = reader(start, size);
        boolean whole = fromLine;
        LineReader.Step step = reader.next();
        while (step == LineReader.Step.LINE || step == LineReader.Step.TOO_LONG) {
            if (whole && step == LineReader.Step.LINE) {
                lines.take(segment, place, reader, taker);
            } else if (whole) {
                taker.damage(place, "a line is longer than " + Line.MAX_BYTES + " bytes");
            }
            whole = true;
            at = start + reader.offset();
            step = reader.next();
        }
        return at > start;
    }

    private LineReader reader(long start, long size) throws IOException {
        InputStream bytes = Channels.newInputStream(file.position(start));
        return form == Form.GZIP
                ? new LineReader(form.from(bytes), Long.MAX_VALUE)
                : new LineReader(bytes, size - start);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
