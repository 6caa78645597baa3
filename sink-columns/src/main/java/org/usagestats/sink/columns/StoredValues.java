package org.usagestats.sink.columns;

import java.nio.ByteBuffer;

/**
 * How the values of a column stand in a file: how many they are; then of each its kind and text, deflated if they are long, or 16
 * bytes if all are UUIDs, or {@link Decimals}.
 */
final class StoredValues {

    private static final int PLAIN = 0;
    private static final int UUIDS = 1;
    private static final int DEFLATED = 2;
    private static final int DECIMALS = 3;

    /** From how many bytes of text on, without which a few values would take longer and save nothing. */
    private static final int WORTH_DEFLATING = 1024;

    private static final int KIND_BITS = 4;
    private static final int KIND_MASK = (1 << KIND_BITS) - 1;

    private StoredValues() {}

    static void put(SectionBuffer to, Dictionary values) {
        to.putVar(values.size());
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

    /** Numbers the values of a column among those of its key: from 1 on, by their codes. */
    static int[] get(ByteBuffer from, KeyValues values) throws NotIndexedException {
        long size = SectionBuffer.getVar(from);
        return switch (from.get()) {
            case PLAIN -> texts(from, size, values);
            case UUIDS -> uuids(from, size, values);
            case DEFLATED -> deflated(from, size, values);
            case DECIMALS -> Decimals.get(from, size, values);
            default -> throw new IllegalArgumentException("values of an unknown form");
        };
    }

    /** Room for the numbers of values, each of which takes so many bytes or more. */
    private static int[] room(ByteBuffer from, long size, int bytesEach) {
        SectionBuffer.require(size >= 0 && size <= from.remaining() / bytesEach);
        return new int[(int) size + 1];
    }

    private static int[] deflated(ByteBuffer from, long size, KeyValues values) throws NotIndexedException {
        long bytes = SectionBuffer.getVar(from);
        values.requireRoom(bytes);
        ByteBuffer plain = SectionBuffer.getDeflated(from, bytes);
        int[] numbers = texts(plain, size, values);
        SectionBuffer.require(!plain.hasRemaining());
        return numbers;
    }

    private static int[] uuids(ByteBuffer from, long size, KeyValues values) throws NotIndexedException {
        int[] numbers = room(from, size, Dictionary.UUID_BYTES);
        synchronized (values) {
            int start = from.arrayOffset() + from.position();
            for (int code = 1; code < numbers.length; code++, start += Dictionary.UUID_BYTES) {
                numbers[code] = values.add(KindCode.UUID, from.array(), start, start + Dictionary.UUID_BYTES);
            }
            from.position(start - from.arrayOffset());
        }
        return numbers;
    }

    private static int[] texts(ByteBuffer from, long size, KeyValues values) throws NotIndexedException {
        int[] numbers = room(from, size, 1);
        synchronized (values) {
            for (int code = 1; code < numbers.length; code++) {
                long head = SectionBuffer.getVar(from);
                SectionBuffer.require(head >>> KIND_BITS <= from.remaining());
                int kind = (int) head & KIND_MASK;
                int start = from.arrayOffset() + from.position();
                int end = start + (int) (head >>> KIND_BITS);
                SectionBuffer.require(KindCode.mayHave(kind, from.array(), start, end));
                numbers[code] = values.add(kind, from.array(), start, end);
                from.position(end - from.arrayOffset());
            }
        }
        return numbers;
    }
}
