package org.usagestats.sink.jsonl;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Decompresses a file in steps of the same length, however much is asked for at a time: of a damaged file everybody reads
 * the same, up to the step in which the damage is.
 */
final class Decompressing extends InputStream {

    private static final int STEP_BYTES = 1 << 13;
    private static final int BUFFER_BYTES = 1 << 16;

    private final InputStream compressed;
    private final byte[] step = new byte[STEP_BYTES];
    private @Nullable GZIPInputStream gzip;
    private int from;
    private int to;

    /** Reads nothing yet. */
    Decompressing(InputStream compressed) {
        this.compressed = compressed;
    }

    @Override
    public int read() throws IOException {
        return hasMore() ? step[from++] & 0xff : -1;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!hasMore()) {
            return -1;
        }
        int count = Math.min(length, to - from);
        System.arraycopy(step, from, bytes, offset, count);
        from += count;
        return count;
    }

    private boolean hasMore() throws IOException {
        if (from == to) {
            GZIPInputStream source = gzip;
            if (source == null) {
                source = new GZIPInputStream(compressed, BUFFER_BYTES);
                gzip = source;
            }
            from = 0;
            to = 0;
            to = Math.max(0, source.read(step, 0, STEP_BYTES));
        }
        return from < to;
    }

    /** Closes the file. */
    @Override
    public void close() throws IOException {
        try (compressed) {
            if (gzip != null) {
                gzip.close();
            }
        }
    }
}
