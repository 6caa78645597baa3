package org.usagestats.sink.jsonl;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Some lines of a file that follow each other, to be read by one thread while others read the rest.
 *
 * @param from where the first of them begins
 * @param to where the line after the last one begins, or the file's end
 */
record Stretch(long from, long to) {

    /** About as much as two processors share well and one holds in memory. */
    private static final long BYTES = 16 << 20;

    private static final int LOOK = 1 << 12;

    /** Divides a file, of which all is read that is there now; one that is compressed stays whole. */
    static List<Stretch> of(Path file) throws IOException {
        return of(file, BYTES);
    }

    /** Divides a file into stretches of about so many bytes. */
    static List<Stretch> of(Path file, long bytes) throws IOException {
        if (Form.of(file) != Form.PLAIN) {
            return List.of(new Stretch(0, Long.MAX_VALUE));
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            List<Stretch> stretches = new ArrayList<>();
            long size = channel.size();
            for (long from = 0; from < size; ) {
                long to = from + bytes >= size ? size : lineFrom(channel, from + bytes, size);
                stretches.add(new Stretch(from, to));
                from = to;
            }
            return stretches;
        }
    }

    /** Where the first line begins that does not begin before a place. */
    private static long lineFrom(FileChannel channel, long place, long size) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(LOOK);
        for (long at = place - 1; at < size; at += bytes.limit()) {
            if (channel.read(bytes.clear(), at) < 0) {
                throw new EOFException("the file became shorter while it was read");
            }
            bytes.flip();
            for (int i = 0; i < bytes.limit(); i++) {
                if (bytes.get(i) == '\n') {
                    return at + i + 1;
                }
            }
        }
        return size;
    }
}
