package org.usagestats.sink.kit;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Looks at bytes eight at a time, as words: in a word, the first byte is the lowest. */
public final class Words {

    /** A one in each byte. */
    public static final long ONES = 0x0101010101010101L;

    /** The highest bit of each byte. */
    public static final long HIGHS = 0x8080808080808080L;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private Words() {}

    /** The eight bytes from one on. */
    public static long at(byte[] bytes, int from) {
        return (long) LONGS.get(bytes, from);
    }

    /** Puts eight bytes from one on. */
    public static void put(byte[] bytes, int from, long word) {
        LONGS.set(bytes, from, word);
    }

    /** Fewer than eight bytes, as the highest of a word. */
    public static long few(byte[] bytes, int from, int count) {
        if (count == 0) {
            return 0;
        }
        if (from + Long.BYTES <= bytes.length) {
            return at(bytes, from) << (Long.SIZE - Byte.SIZE * count);
        }
        long word = 0;
        for (int i = from; i < from + count; i++) {
            word = (word >>> Byte.SIZE) | ((long) bytes[i] << (Long.SIZE - Byte.SIZE));
        }
        return word;
    }

    /** Marks the bytes that are zero: the lowest mark is right, those above it may be too many. */
    public static long zeros(long word) {
        return (word - ONES) & ~word & HIGHS;
    }

    /** The place of the lowest byte that is marked. */
    public static int lowest(long marks) {
        return Long.numberOfTrailingZeros(marks) >>> 3;
    }

    /** Tells whether as many bytes from one place on are the same as from another. */
    public static boolean same(byte[] one, int from, byte[] other, int otherFrom, int count) {
        int i = 0;
        for (; i + Long.BYTES <= count; i += Long.BYTES) {
            if (at(one, from + i) != at(other, otherFrom + i)) {
                return false;
            }
        }
        return few(one, from + i, count - i) == few(other, otherFrom + i, count - i);
    }
}
