package org.usagestats.sink.jsonl;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Walks over the lines of a file in bounded memory, however long they are. */
final class LineReader implements Closeable {

    /** What a step leads to. */
    enum Step {
        /** A line that ends with a line feed. */
        LINE,
        /** A line longer than {@link Line#MAX_BYTES}; its bytes are not kept. */
        TOO_LONG,
        /** The bytes after the last line feed, if any. */
        UNTERMINATED,
        /** The file's end. */
        END
    }

    private static final long LINE_FEEDS = Words.ONES * '\n';

    private static final int FIRST_BUFFER = 1 << 16;

    private final InputStream in;
    private byte[] buffer = new byte[FIRST_BUFFER];
    private long unread;
    private int filled;
    private int from;
    private int to;
    private int next;
    private long offset;

    /**
     * Opens a file.
     *
     * @param limit where to stop, as if the file ended there
     */
    LineReader(Path file, long limit) throws IOException {
        this(Files.newInputStream(file), limit);
    }

    /**
     * Reads on where a stream stands; {@link #offset} counts from there.
     *
     * @param limit where to stop, as if the stream ended there
     */
    LineReader(InputStream in, long limit) {
        this.in = in;
        this.unread = limit;
    }

    /** Goes on where a line of a file begins, to its end or to a limit. */
    static LineReader from(Path file, long offset, long limit) throws IOException {
        LineReader lines = new LineReader(file, limit);
        try {
            lines.offset = Math.min(offset, limit);
            lines.unread -= lines.in.skip(lines.offset);
            return lines;
        } catch (IOException unreadable) {
            lines.close();
            throw unreadable;
        }
    }

    /** Goes to the next line. */
    Step next() throws IOException {
        from = next;
        boolean tooLong = false;
        for (int searched = from; ; ) {
            int lineFeed = indexOfLineFeed(searched);
            if (lineFeed >= 0) {
                to = lineFeed;
                next = lineFeed + 1;
                offset += next - from;
                return tooLong ? Step.TOO_LONG : Step.LINE;
            }
            if (filled - from >= Line.MAX_BYTES) {
                tooLong = true;
                offset += filled - from;
                from = filled;
            }
            makeRoom();
            searched = filled;
            if (!fill()) {
                return end(tooLong);
            }
        }
    }

    private Step end(boolean tooLong) {
        to = filled;
        next = filled;
        offset += to - from;
        if (tooLong) {
            return Step.TOO_LONG;
        }
        return to > from ? Step.UNTERMINATED : Step.END;
    }

    /** The array in which the line stands until the next step; the caller may write over the line. */
    byte[] bytes() {
        return buffer;
    }

    /** Where the line begins. */
    int from() {
        return from;
    }

    /** Where the line ends: before its line feed. */
    int to() {
        return to;
    }

    /** Where in the file the next line begins. */
    long offset() {
        return offset;
    }

    private int indexOfLineFeed(int start) {
        int i = start;
        for (; i + Long.BYTES <= filled; i += Long.BYTES) {
            long found = Words.zeros(Words.at(buffer, i) ^ LINE_FEEDS);
            if (found != 0) {
                return i + Words.lowest(found);
            }
        }
        for (; i < filled; i++) {
            if (buffer[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    /** Moves the beginning of the line to the beginning of the buffer, or doubles the buffer if it stands there. */
    private void makeRoom() {
        if (from > 0) {
            System.arraycopy(buffer, from, buffer, 0, filled - from);
            filled -= from;
            from = 0;
        } else if (filled == buffer.length) {
            buffer = Arrays.copyOf(buffer, 2 * buffer.length);
        }
    }

    private boolean fill() throws IOException {
        int wanted = (int) Math.min(buffer.length - filled, unread);
        int read = wanted == 0 ? -1 : in.read(buffer, filled, wanted);
        if (read < 0) {
            return false;
        }
        filled += read;
        unread -= read;
        return true;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
