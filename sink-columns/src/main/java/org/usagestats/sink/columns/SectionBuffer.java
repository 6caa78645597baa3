package org.usagestats.sink.columns;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** Takes numbers and texts, little-endian, and grows with them. Not for use by several threads. */
final class SectionBuffer {

    private static final int SEVEN_BITS = 0x7f;

    /** How many bytes one byte of RFC 1950 stands for at most. */
    private static final long MOST_INFLATED = 1032;

    private ByteBuffer bytes = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);

    /** Makes room for some more bytes. */
    ByteBuffer room(int count) {
        if (bytes.remaining() < count) {
            int capacity = Math.max(2 * bytes.capacity(), bytes.position() + count);
            bytes = ByteBuffer.allocate(capacity).order(ByteOrder.LITTLE_ENDIAN).put(bytes.flip());
        }
        return bytes;
    }

    /** Adds a number in as many bytes as it has groups of seven bits. */
    void putVar(long number) {
        room(10);
        long rest = number;
        while ((rest & ~SEVEN_BITS) != 0) {
            bytes.put((byte) ((rest & SEVEN_BITS) | 0x80));
            rest >>>= 7;
        }
        bytes.put((byte) rest);
    }

    /** Reads what {@link #putVar} has written. */
    static long getVar(ByteBuffer from) {
        long number = 0;
        int shift = 0;
        byte next = from.get();
        while (next < 0) {
            number |= (long) (next & SEVEN_BITS) << shift;
            shift += 7;
            next = from.get();
        }
        return number | (long) next << shift;
    }

    /**
     * Reads how many things follow.
     *
     * @param bytesEach how many bytes each of them takes at least
     */
    static int getCount(ByteBuffer from, int bytesEach) {
        long count = getVar(from);
        require(count >= 0 && count <= from.remaining() / bytesEach);
        return (int) count;
    }

    /**
     * Goes on if what was read can be what was written, and not only by its checksum.
     *
     * @throws IllegalArgumentException if it cannot
     */
    static void require(boolean sound) {
        if (!sound) {
            throw new IllegalArgumentException("what it says makes no sense");
        }
    }

    /** Adds a text and its length. */
    void putText(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        boolean wide = WideText.isNeeded(text, utf8);
        byte[] all = wide ? WideText.encode(text) : utf8;
        putVar(2L * all.length + (wide ? 1 : 0));
        room(all.length).put(all);
    }

    /** Reads what {@link #putText} has written. */
    static String getText(ByteBuffer from) {
        long head = getVar(from);
        boolean wide = (head & 1) == 1;
        require(head >>> 1 <= from.remaining() && (!wide || (head & 2) == 0));
        byte[] all = new byte[(int) (head >>> 1)];
        from.get(all);
        return wide ? WideText.decode(all, 0, all.length) : new String(all, StandardCharsets.UTF_8);
    }

    /** Adds bytes in the format of RFC 1950, with their length before and after deflating. */
    void putDeflated(ByteBuffer plain) {
        putVar(plain.remaining());
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        try {
            deflater.setInput(plain);
            deflater.finish();
            ByteBuffer deflated = ByteBuffer.allocate(plain.remaining() + plain.remaining() / 100 + 64);
            deflater.deflate(deflated);
            putVar(deflated.flip().remaining());
            room(deflated.remaining()).put(deflated);
        } finally {
            deflater.end();
        }
    }

    /**
     * Reads what {@link #putDeflated} has written.
     *
     * @param size how many bytes that were, which is what it begins with
     */
    static ByteBuffer getDeflated(ByteBuffer from, long size) {
        int deflated = getCount(from, 1);
        require(size >= 0 && size <= MOST_INFLATED * deflated);
        byte[] plain = new byte[(int) size];
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(from.slice(from.position(), deflated));
            from.position(from.position() + deflated);
            boolean whole = inflater.inflate(plain) == plain.length && inflater.inflate(new byte[1]) == 0;
            require(whole && inflater.finished());
            return ByteBuffer.wrap(plain).order(ByteOrder.LITTLE_ENDIAN);
        } catch (DataFormatException damaged) {
            throw new IllegalArgumentException("the file is damaged", damaged);
        } finally {
            inflater.end();
        }
    }

    /** Ends: what was added, to be read, and then to be forgotten. */
    ByteBuffer flip() {
        return bytes.flip();
    }

    void clear() {
        bytes.clear();
    }
}
