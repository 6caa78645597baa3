package org.usagestats.sink.columns;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * How columns stand in a file.
 *
 * <p>A column: its {@linkplain StoredValues values}; then the codes, as one for all, one for each row in as many bits as the
 * greatest has, or the rows that have one. If most rows have a value that no row before them has, a bit says so in place of the
 * code: values are numbered as
 * they come. Times: the difference of each to the one before, or to when the report was received. Ids: how many rows have
 * none, how many after them have one, and 16 bytes for each of those, again and again.
 */
final class Sections {

    private static final int CONSTANT = 0;
    private static final int FRESH = 32;
    private static final int SPARSE = 64;

    private Sections() {}

    static void putColumn(SectionBuffer to, Dictionary values, Codes codes, int present) {
        StoredValues.put(to, values);
        if (codes.width() > 0 && present < codes.rows() / 8) {
            putSparse(to, codes, present);
        } else {
            putCodes(to, codes, values.size());
        }
    }

    private static void putCodes(SectionBuffer to, Codes codes, int greatest) {
        if (codes.width() == CONSTANT) {
            to.room(5).put((byte) CONSTANT).putInt(codes.rows() == 0 ? 0 : codes.at(0));
            return;
        }
        int bits = bitsOf(greatest);
        boolean fresh = 2 * greatest > codes.rows();
        to.room(1).put((byte) (fresh ? FRESH + bits : bits));
        BitWriter packed = new BitWriter(to);
        int[] block = new int[Slots.BLOCK];
        int next = Dictionary.NONE + 1;
        for (int from = 0; from < codes.rows(); from += block.length) {
            int many = Math.min(block.length, codes.rows() - from);
            codes.copy(from, many, block);
            for (int i = 0; i < many; i++) {
                if (fresh) {
                    packed.put(block[i] == next ? 1 : 0, 1);
                }
                if (!fresh || block[i] != next) {
                    packed.put(block[i], bits);
                }
                next = Math.max(next, block[i] + 1);
            }
        }
        packed.end();
    }

    private static int bitsOf(int greatest) {
        return Integer.SIZE - Integer.numberOfLeadingZeros(greatest);
    }

    private static Codes codes(ByteBuffer from, int rows, int width, int greatest) {
        boolean fresh = width > FRESH;
        int bits = fresh ? width - FRESH : width;
        SectionBuffer.require(bits == bitsOf(greatest));
        BitReader packed = new BitReader(from);
        int[] codes = new int[rows];
        int next = Dictionary.NONE + 1;
        for (int row = 0; row < rows; row++) {
            codes[row] = fresh && packed.get(1) == 1 ? next : packed.get(bits);
            next = Math.max(next, codes[row] + 1);
        }
        SectionBuffer.require(next <= greatest + 1);
        return Codes.narrow(codes, rows, rows);
    }

    private static void putSparse(SectionBuffer to, Codes codes, int present) {
        to.room(1).put((byte) SPARSE);
        to.putVar(present);
        int last = 0;
        for (int row = 0; row < codes.rows(); row++) {
            int code = codes.at(row);
            if (code != Dictionary.NONE) {
                to.putVar(row - last);
                to.putVar(code);
                last = row;
            }
        }
    }

    static Column column(ByteBuffer from, int rows, KeyValues values) throws NotIndexedException {
        from.order(ByteOrder.LITTLE_ENDIAN);
        int[] numbers = StoredValues.get(from, values);
        int greatest = numbers.length - 1;
        int width = from.get();
        Codes codes = switch (width) {
            case CONSTANT -> Codes.constant(rows, code(from.getInt(), greatest));
            case SPARSE -> sparse(from, rows, greatest);
            default -> codes(from, rows, width, greatest);
        };
        return new Column(codes, numbers, values);
    }

    private static int code(long code, int greatest) {
        SectionBuffer.require(code >= Dictionary.NONE && code <= greatest);
        return (int) code;
    }

    private static Codes sparse(ByteBuffer from, int rows, int greatest) {
        int[] codes = new int[rows];
        int row = 0;
        for (long left = SectionBuffer.getVar(from); left > 0; left--) {
            row += stretch(from, rows - row - 1);
            SectionBuffer.require(codes[row] == Dictionary.NONE);
            codes[row] = code(SectionBuffer.getVar(from), greatest);
        }
        return Codes.narrow(codes, rows, rows);
    }

    /** Over how many rows to go. */
    private static int stretch(ByteBuffer from, int most) {
        long stretch = SectionBuffer.getVar(from);
        SectionBuffer.require(stretch >= 0 && stretch <= most);
        return (int) stretch;
    }

    /**
     * Adds times.
     *
     * @param near times from which they are mostly not far
     */
    static void putTimes(SectionBuffer to, Times times, Times near, int rows) {
        long last = 0;
        for (int row = 0; row < rows; row++) {
            long time = times.at(row);
            if (time == Times.NONE) {
                to.putVar(0);
            } else {
                long difference = time - expected(near, row, last);
                to.putVar(((difference << 1) ^ (difference >> 63)) + 1);
                last = time;
            }
        }
    }

    private static long expected(Times near, int row, long last) {
        long time = near.at(row);
        return time == Times.NONE ? last : time;
    }

    static Times times(ByteBuffer from, Times near, int rows) {
        long[] times = new long[rows];
        long last = 0;
        for (int row = 0; row < rows; row++) {
            long difference = SectionBuffer.getVar(from);
            if (difference == 0) {
                times[row] = Times.NONE;
            } else {
                last = expected(near, row, last) + (((difference - 1) >>> 1) ^ -((difference - 1) & 1));
                times[row] = last;
            }
        }
        return Times.of(times, rows);
    }

    static void putIds(SectionBuffer to, IdColumn ids, int rows) {
        for (int row = 0; row < rows; ) {
            int first = ids.next(row, rows);
            int end = Math.max(first, Math.min(ids.end(first), rows));
            to.putVar(first - row);
            to.putVar(end - first);
            ids.forEach(
                    first, end, (at, upper, lower) -> to.room(16).putLong(upper).putLong(lower));
            row = end;
        }
    }

    static void ids(ByteBuffer from, int rows, int first, IdColumn.Taker taker) {
        from.order(ByteOrder.LITTLE_ENDIAN);
        for (int row = 0; row < rows; ) {
            int before = row;
            row += stretch(from, rows - row);
            int end = row + stretch(from, rows - row);
            SectionBuffer.require(end > before);
            for (; row < end; row++) {
                long upper = from.getLong();
                long lower = from.getLong();
                if (row >= first) {
                    taker.take(row, upper, lower);
                }
            }
        }
    }
}
