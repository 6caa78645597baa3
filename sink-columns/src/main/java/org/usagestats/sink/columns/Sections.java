package org.usagestats.sink.columns;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * How columns stand in a file.
 *
 * <p>A column: its number of values; of each its kind and text, deflated if they are long, or 16 bytes if all are UUIDs, or
 * {@link Decimals}; then the codes, as one for all, one for each row in as many bits as the greatest has, or the rows that
 * have one. If most rows have a value that no row before them has, a bit says so in place of the code: values are numbered as
 * they come. Times: the difference of each to the one before, or to when the report was received. Ids: how many rows have
 * none, how many after them have one, and 16 bytes for each of those, again and again.
 */
final class Sections {

    private static final int PLAIN = 0;
    private static final int UUIDS = 1;
    private static final int DEFLATED = 2;
    private static final int DECIMALS = 3;
    private static final int CONSTANT = 0;
    private static final int FRESH = 32;
    private static final int SPARSE = 64;

    /** From how many bytes of text on, without which a few values would take longer and save nothing. */
    private static final int WORTH_DEFLATING = 1024;

    private static final int KIND_BITS = 4;
    private static final int KIND_MASK = (1 << KIND_BITS) - 1;

    private Sections() {}

    static void putColumn(SectionBuffer to, Dictionary values, Codes codes, int present) {
        to.putVar(values.size());
        putValues(to, values);
        if (codes.width() > 0 && present < codes.rows() / 8) {
            putSparse(to, codes, present);
        } else {
            putCodes(to, codes, values.size());
        }
    }

    private static void putValues(SectionBuffer to, Dictionary values) {
        if (areUuids(values)) {
            to.room(1).put((byte) UUIDS);
            for (int code = 1; code <= values.size(); code++) {
                to.room(Dictionary.UUID_BYTES).put(values.texts(), values.from(code), Dictionary.UUID_BYTES);
            }
            return;
        }
        int places = Decimals.places(values);
        int[] decimals = Decimals.of(values, places);
        if (decimals.length > 0) {
            to.room(1).put((byte) DECIMALS);
            Decimals.put(to, values.kindCode(1), places, decimals);
        } else {
            putTexts(to, values);
        }
    }

    private static boolean areUuids(Dictionary values) {
        for (int code = 1; code <= values.size(); code++) {
            if (values.kindCode(code) != KindCode.UUID) {
                return false;
            }
        }
        return true;
    }

    private static void putTexts(SectionBuffer to, Dictionary values) {
        SectionBuffer plain = values.textBytes() < WORTH_DEFLATING ? to : new SectionBuffer();
        if (plain == to) {
            to.room(1).put((byte) PLAIN);
        }
        byte[] texts = values.texts();
        for (int code = 1; code <= values.size(); code++) {
            int length = values.to(code) - values.from(code);
            plain.putVar(((long) length << KIND_BITS) | values.kindCode(code));
            plain.room(length).put(texts, values.from(code), length);
        }
        if (plain != to) {
            to.room(1).put((byte) DEFLATED);
            to.putDeflated(plain.flip());
        }
    }

    private static void putCodes(SectionBuffer to, Codes codes, int greatest) {
        if (codes.width() == CONSTANT) {
            to.room(5).put((byte) CONSTANT).putInt(codes.rows() == 0 ? 0 : codes.at(0));
            return;
        }
        int bits = Integer.SIZE - Integer.numberOfLeadingZeros(greatest);
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

    private static Codes codes(ByteBuffer from, int rows, boolean fresh, int bits) {
        BitReader packed = new BitReader(from);
        int[] codes = new int[rows];
        int next = Dictionary.NONE + 1;
        for (int row = 0; row < rows; row++) {
            codes[row] = fresh && packed.get(1) == 1 ? next : packed.get(bits);
            next = Math.max(next, codes[row] + 1);
        }
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
        int[] numbers = numbers(from, values);
        int width = from.get();
        Codes codes = switch (width) {
            case CONSTANT -> Codes.constant(rows, from.getInt());
            case SPARSE -> sparse(from, rows);
            default -> codes(from, rows, width >= FRESH, width % FRESH);
        };
        return new Column(codes, numbers, values);
    }

    private static int[] numbers(ByteBuffer from, KeyValues values) throws NotIndexedException {
        int[] numbers = new int[(int) SectionBuffer.getVar(from) + 1];
        switch (from.get()) {
            case UUIDS -> uuids(from, numbers, values);
            case DECIMALS -> Decimals.get(from, numbers, values);
            case DEFLATED -> texts(SectionBuffer.getDeflated(from), numbers, values);
            default -> texts(from, numbers, values);
        }
        return numbers;
    }

    private static void uuids(ByteBuffer from, int[] numbers, KeyValues values) throws NotIndexedException {
        synchronized (values) {
            int start = from.arrayOffset() + from.position();
            for (int code = 1; code < numbers.length; code++, start += Dictionary.UUID_BYTES) {
                numbers[code] = values.add(KindCode.UUID, from.array(), start, start + Dictionary.UUID_BYTES);
            }
            from.position(start - from.arrayOffset());
        }
    }

    private static void texts(ByteBuffer from, int[] numbers, KeyValues values) throws NotIndexedException {
        synchronized (values) {
            for (int code = 1; code < numbers.length; code++) {
                long head = SectionBuffer.getVar(from);
                int length = (int) (head >>> KIND_BITS);
                int start = from.arrayOffset() + from.position();
                numbers[code] = values.add((int) head & KIND_MASK, from.array(), start, start + length);
                from.position(from.position() + length);
            }
        }
    }

    private static Codes sparse(ByteBuffer from, int rows) {
        int[] codes = new int[rows];
        int row = 0;
        for (long left = SectionBuffer.getVar(from); left > 0; left--) {
            row += (int) SectionBuffer.getVar(from);
            codes[row] = (int) SectionBuffer.getVar(from);
        }
        return Codes.narrow(codes, rows, rows);
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
            row += (int) SectionBuffer.getVar(from);
            int end = row + (int) SectionBuffer.getVar(from);
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
