package org.usagestats.sink.jsonl;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import org.usagestats.sink.Value;

/**
 * Different values, numbered from 1 on in the order in which they came: their kinds and their UTF-8 in one array, found by
 * open addressing. Takes 14 bytes a value beside its text. Not for use by several threads.
 */
final class Dictionary {

    /** What stands where there is no value. */
    static final int NONE = 0;

    /** What one can hold, texts and all. */
    static final int MAX_BYTES = 1 << 30;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** Clients choose the values: which of them meet in one place is for nobody to know. */
    private static final long SEED = new SecureRandom().nextLong() | 1;

    private byte[] texts = new byte[256];
    private int[] ends = new int[8];
    private int[] slots = new int[16];
    private int size;

    /** How many values there are. */
    int size() {
        return size;
    }

    /** How much memory it takes. */
    long bytes() {
        return texts.length + 4L * ends.length + 4L * slots.length;
    }

    /** The number of a value, which is added if it is new. */
    int add(Value value) {
        byte[] utf8 = value.text().getBytes(StandardCharsets.UTF_8);
        int kind = KindCode.of(value.kind());
        if (WideText.isNeeded(value.text(), utf8)) {
            byte[] wide = WideText.encode(value.text());
            return add(kind + KindCode.WIDE, wide, 0, wide.length);
        }
        return add(kind, utf8, 0, utf8.length);
    }

    /** The number of a value, which is added if it is new. */
    int add(int kind, byte[] bytes, int from, int to) {
        int slot = slot(kind, bytes, from, to);
        if (slots[slot] == NONE) {
            slots[slot] = append(kind, bytes, from, to);
            int code = size;
            if (3 * size > 2 * slots.length) {
                grow();
            }
            return code;
        }
        return slots[slot];
    }

    /** The number of a value, or {@link #NONE}. */
    int find(int kind, byte[] bytes, int from, int to) {
        return slots[slot(kind, bytes, from, to)];
    }

    private int slot(int kind, byte[] bytes, int from, int to) {
        int slot = hash(kind, bytes, from, to) & (slots.length - 1);
        while (slots[slot] != NONE && !is(slots[slot], kind, bytes, from, to)) {
            slot = (slot + 1) & (slots.length - 1);
        }
        return slot;
    }

    /** Tells whether a number is that of a value. */
    boolean is(int code, int kind, byte[] bytes, int from, int to) {
        int start = ends[code - 1];
        return ends[code] - start - 1 == to - from
                && texts[start] == kind
                && Arrays.equals(texts, start + 1, ends[code], bytes, from, to);
    }

    private int append(int kind, byte[] bytes, int from, int to) {
        int start = ends[size];
        int end = start + 1 + to - from;
        if (end > texts.length) {
            texts = Arrays.copyOf(texts, (int) Math.min(Math.max(end, 2L * texts.length), Integer.MAX_VALUE - 8));
        }
        texts[start] = (byte) kind;
        System.arraycopy(bytes, from, texts, start + 1, to - from);
        size++;
        if (size == ends.length) {
            ends = Arrays.copyOf(ends, 2 * size);
        }
        ends[size] = end;
        return size;
    }

    private void grow() {
        slots = new int[2 * slots.length];
        for (int code = 1; code <= size; code++) {
            int start = ends[code - 1];
            int slot = hash(texts[start], texts, start + 1, ends[code]) & (slots.length - 1);
            while (slots[slot] != NONE) {
                slot = (slot + 1) & (slots.length - 1);
            }
            slots[slot] = code;
        }
    }

    private static int hash(int kind, byte[] bytes, int from, int to) {
        long hash = SEED + kind + 31L * (to - from);
        int i = from;
        for (; i + Long.BYTES <= to; i += Long.BYTES) {
            hash = mix(hash ^ (long) LONGS.get(bytes, i));
        }
        long rest = 0;
        for (; i < to; i++) {
            rest = (rest << 8) | (bytes[i] & 0xff);
        }
        hash = mix(hash ^ rest);
        return (int) (hash >>> 32);
    }

    private static long mix(long hash) {
        long product = (hash ^ SEED) * 0x9E3779B97F4A7C15L;
        return product ^ (product >>> 29);
    }

    /** The number of a value's kind. */
    int kindCode(int code) {
        return texts[ends[code - 1]];
    }

    /** What kind a value is. */
    Value.Kind kind(int code) {
        return KindCode.kind(texts[ends[code - 1]]);
    }

    /** The value of a number. */
    Value value(int code) {
        int start = ends[code - 1] + 1;
        String text = KindCode.isWide(kindCode(code))
                ? WideText.decode(texts, start, ends[code])
                : new String(texts, start, ends[code] - start, StandardCharsets.UTF_8);
        return new Value(kind(code), text);
    }

    /** The array in which the text of each value stands. */
    byte[] texts() {
        return texts;
    }

    /** Where the text of a value begins. */
    int from(int code) {
        return ends[code - 1] + 1;
    }

    /** Where the text of a value ends. */
    int to(int code) {
        return ends[code];
    }

    /** How long all texts are. */
    long textBytes() {
        return ends[size];
    }
}
