package org.usagestats.sink.columns;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * How columns stand in a file.
 *
 * <p>A column: its number of values; of each its kind and text, deflated if they are long, or 16 bytes if all are UUIDs; then the codes, as one for all,
 * one for each row in as many bits as the greatest has, or the rows that have one. Times: the difference of each to the one before, or to when the report was received. Ids: 16 bytes for each row that has one.
 */
final class Sections {

    private static final int PLAIN = 0;
    private static final int PACKED = 1;
    private static final int DEFLATED = 2;
    private static final int CONSTANT = 0;
    private static final int SPARSE = 64;

    /** From how many bytes of text on, without which a few values would take longer and save nothing. */
    private static final int WORTH_DEFLATING = 1024;

    private Sections() {}

    static void putColumn(SectionBuffer to, Dictionary values, Codes codes, int present) {
        to.putVar(values.size());
        if (arePacked(values)) {
            to.room(1).put((byte) PACKED);
            putPacked(to, values);
        } else {
            putTexts(to, values);
        }
        if (codes.width() > 0 && present < codes.rows() / 8) {
            putSparse(to, codes, present);
        } else {
            putCodes(to, codes, values.size());
        }
    }

    private static boolean arePacked(Dictionary values) {
        for (int code = 1; code <= values.size(); code++) {
            if (values.kindCode(code) != KindCode.STRING
                    || !Hex.isUuid(values.texts(), values.from(code), values.to(code))) {
                return false;
            }
        }
        return true;
    }

    private static void putPacked(SectionBuffer to, Dictionary values) {
        byte[] texts = values.texts();
        for (int code = 1; code <= values.size(); code++) {
            int from = values.from(code);
            to.room(16).putLong(Hex.upper(texts, from)).putLong(Hex.lower(texts, from));
        }
    }

    private static void putTexts(SectionBuffer to, Dictionary values) {
        SectionBuffer plain = values.textBytes() < WORTH_DEFLATING ? to : new SectionBuffer();
        if (plain == to) {
            to.room(1).put((byte) PLAIN);
        }
        byte[] texts = values.texts();
        for (int code = 1; code <= values.size(); code++) {
            int length = values.to(code) - values.from(code);
            plain.putVar(((long) length << 3) | values.kindCode(code));
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
        to.room(1).put((byte) bits);
        int[] block = new int[Slots.BLOCK];
        long word = 0;
        int filled = 0;
        for (int from = 0; from < codes.rows(); from += block.length) {
            int many = Math.min(block.length, codes.rows() - from);
            codes.copy(from, many, block);
            ByteBuffer out = to.room(many * Integer.BYTES);
            for (int i = 0; i < many; i++) {
                word |= (long) block[i] << filled;
                filled += bits;
                if (filled >= Integer.SIZE) {
                    out.putInt((int) word);
                    word >>>= Integer.SIZE;
                    filled -= Integer.SIZE;
                }
            }
        }
        to.room(4).putInt((int) word);
    }

    private static Codes codes(ByteBuffer from, int rows, int bits) {
        int[] codes = new int[rows];
        long mask = (1L << bits) - 1;
        long word = 0;
        int filled = 0;
        for (int row = 0; row < rows; row++) {
            if (filled < bits) {
                word |= (from.getInt() & 0xffffffffL) << filled;
                filled += Integer.SIZE;
            }
            codes[row] = (int) (word & mask);
            word >>>= bits;
            filled -= bits;
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
            default -> codes(from, rows, width);
        };
        return new Column(codes, numbers, values);
    }

    private static int[] numbers(ByteBuffer from, KeyValues values) throws NotIndexedException {
        int[] numbers = new int[(int) SectionBuffer.getVar(from) + 1];
        switch (from.get()) {
            case PACKED -> packed(from, numbers, values);
            case DEFLATED -> texts(SectionBuffer.getDeflated(from), numbers, values);
            default -> texts(from, numbers, values);
        }
        return numbers;
    }

    private static void packed(ByteBuffer from, int[] numbers, KeyValues values) throws NotIndexedException {
        byte[] uuid = new byte[Hex.LENGTH];
        synchronized (values) {
            for (int code = 1; code < numbers.length; code++) {
                Hex.write(from.getLong(), from.getLong(), uuid);
                numbers[code] = values.add(KindCode.STRING, uuid, 0, uuid.length);
            }
        }
    }

    private static void texts(ByteBuffer from, int[] numbers, KeyValues values) throws NotIndexedException {
        synchronized (values) {
            for (int code = 1; code < numbers.length; code++) {
                long head = SectionBuffer.getVar(from);
                int length = (int) (head >>> 3);
                int start = from.arrayOffset() + from.position();
                numbers[code] = values.add((int) head & 7, from.array(), start, start + length);
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

    static void putIds(SectionBuffer to, IdColumn ids) {
        to.putVar(ids.size());
        int[] last = {0};
        ids.forEach(0, Integer.MAX_VALUE, (row, upper, lower) -> {
            to.putVar(row - last[0]);
            to.room(16).putLong(upper).putLong(lower);
            last[0] = row;
        });
    }

    static void ids(ByteBuffer from, int first, IdColumn.Taker taker) {
        from.order(ByteOrder.LITTLE_ENDIAN);
        int row = 0;
        for (long left = SectionBuffer.getVar(from); left > 0; left--) {
            row += (int) SectionBuffer.getVar(from);
            long upper = from.getLong();
            long lower = from.getLong();
            if (row >= first) {
                taker.take(row, upper, lower);
            }
        }
    }
}
