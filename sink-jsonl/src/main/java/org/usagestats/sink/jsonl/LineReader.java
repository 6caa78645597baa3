package org.usagestats.sink.jsonl;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.ZipException;
import org.usagestats.sink.kit.Words;

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
        /** What follows cannot be decompressed, as the file is damaged; the bytes before it, after the last line feed. */
        UNREADABLE,
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
    private boolean unreadable;
    private boolean ended;

    /**
     * Opens a file, in whatever form it is; {@link #offset} counts its lines as they are.
     *
     * @param limit where to stop, as if the file ended there
     */
    LineReader(Path file, long limit) throws IOException {
        this(Form.of(file).open(file), limit);
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
        if (unreadable && !ended) {
            ended = true;
            return Step.UNREADABLE;
        }
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

    /** Looks at 32 bytes at once, as most have none. */
    private boolean hasLineFeed(int i) {
        long found = Words.zeros(Words.at(buffer, i) ^ LINE_FEEDS)
                | Words.zeros(Words.at(buffer, i + Long.BYTES) ^ LINE_FEEDS)
                | Words.zeros(Words.at(buffer, i + 2 * Long.BYTES) ^ LINE_FEEDS)
                | Words.zeros(Words.at(buffer, i + 3 * Long.BYTES) ^ LINE_FEEDS);
        return found != 0;
    }

    private int indexOfLineFeed(int start) {
        int i = start;
        while (i + 4 * Long.BYTES <= filled && !hasLineFeed(i)) {
            i += 4 * Long.BYTES;
        }
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
        int read = wanted == 0 || unreadable ? -1 : read(wanted);
        if (read < 0) {
            return false;
        }
        filled += read;
        unread -= read;
        return true;
    }

    private int read(int wanted) throws IOException {
        try {
            return in.read(buffer, filled, wanted);
        } catch (ZipException | EOFException damaged) {
            unreadable = true;
            return -1;
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
