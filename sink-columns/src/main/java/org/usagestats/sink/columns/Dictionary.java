package org.usagestats.sink.columns;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import org.usagestats.sink.Value;
import org.usagestats.sink.kit.Words;

/**
 * Different values, numbered from 1 on in the order in which they came: their kinds and their UTF-8 in one array, found by
 * open addressing. Takes 28 to 52 bytes a value beside its text. Not for use by several threads.
 */
final class Dictionary {

    /** What stands where there is no value. */
    static final int NONE = 0;

    /** What one can hold, texts and all. */
    static final int MAX_BYTES = 1 << 30;

    /** Clients choose the values: which of them meet in one place is for nobody to know. */
    private static final long SEED = new SecureRandom().nextLong() | 1;

    /** How many bytes a UUID takes. */
    static final int UUID_BYTES = 16;

    private static final long FREE = 0;
    private static final long SHORT = 1 << 6;
    private static final long LONG = 1 << 7;

    private final byte[] uuid = new byte[UUID_BYTES];
    private byte[] texts = new byte[256];
    private int[] ends = new int[8];
    private int[] slots = new int[16];
    private long[] marks = new long[16];
    private int size;

    /** How many values there are. */
    int size() {
        return size;
    }

    /** How much memory it takes. */
    long bytes() {
        return texts.length + 4L * ends.length + 12L * slots.length;
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

    /** The number of a value, which is added if it is new; the text of a UUID is the same as its bytes. */
    int add(int kind, byte[] bytes, int from, int to) {
        if (kind == KindCode.STRING && Hex.isUuid(bytes, from, to)) {
            Words.put(uuid, 0, Hex.upper(bytes, from));
            Words.put(uuid, Long.BYTES, Hex.lower(bytes, from));
            return addKnown(KindCode.UUID, uuid, 0, UUID_BYTES);
        }
        return addKnown(kind, bytes, from, to);
    }

    private int addKnown(int kind, byte[] bytes, int from, int to) {
        long mark = mark(kind, bytes, from, to);
        int slot = slot(mark, kind, bytes, from, to);
        if (slots[slot] != NONE) {
            return slots[slot];
        }
        marks[slot] = mark;
        slots[slot] = append(kind, bytes, from, to);
        int code = size;
        if (2 * size > slots.length) {
            grow();
        }
        return code;
    }

    /** The number of a value, or {@link #NONE}. */
    int find(int kind, byte[] bytes, int from, int to) {
        return slots[slot(mark(kind, bytes, from, to), kind, bytes, from, to)];
    }

    private int slot(long mark, int kind, byte[] bytes, int from, int to) {
        int slot = place(mark);
        while (marks[slot] != FREE
                && (marks[slot] != mark || !(isShort(mark) || is(slots[slot], kind, bytes, from, to)))) {
            slot = (slot + 1) & (slots.length - 1);
        }
        return slot;
    }

    private int place(long mark) {
        return (int) (mix(mark) >>> 32) & (slots.length - 1);
    }

    private boolean is(int code, int kind, byte[] bytes, int from, int to) {
        int start = ends[code - 1];
        return ends[code] - start - 1 == to - from
                && texts[start] == kind
                && Words.same(texts, start + 1, bytes, from, to - from);
    }

    private int append(int kind, byte[] bytes, int from, int to) {
        int start = ends[size];
        int end = start + 1 + to - from;
        if (end > texts.length) {
            texts = Arrays.copyOf(texts, (int) Math.min(Math.max(end, 3L * texts.length / 2), Integer.MAX_VALUE - 8));
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
        long[] known = marks;
        int[] codes = slots;
        marks = new long[2 * known.length];
        slots = new int[marks.length];
        for (int i = 0; i < known.length; i++) {
            if (known[i] != FREE) {
                int slot = place(known[i]);
                while (marks[slot] != FREE) {
                    slot = (slot + 1) & (slots.length - 1);
                }
                marks[slot] = known[i];
                slots[slot] = codes[i];
            }
        }
    }

    /** Stands for a value: for a short one all of it, with its kind and length; for another a hash. */
    private static long mark(int kind, byte[] bytes, int from, int to) {
        int length = to - from;
        if (length < Long.BYTES) {
            return Words.few(bytes, from, length) | SHORT | (long) length << 3 | kind;
        }
        long hash = SEED + kind + 31L * length;
        int i = from;
        for (; i + Long.BYTES <= to; i += Long.BYTES) {
            hash = mix(hash ^ Words.at(bytes, i));
        }
        return (mix(hash ^ Words.few(bytes, i, to - i)) & ~SHORT) | LONG;
    }

    private static boolean isShort(long mark) {
        return (mark & SHORT) != 0;
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
        return new Value(kind(code), text(code));
    }

    private String text(int code) {
        int start = from(code);
        if (kindCode(code) == KindCode.UUID) {
            byte[] text = new byte[Hex.LENGTH];
            Hex.write(Words.at(texts, start), Words.at(texts, start + Long.BYTES), text);
            return new String(text, StandardCharsets.US_ASCII);
        }
        return KindCode.isWide(kindCode(code))
                ? WideText.decode(texts, start, to(code))
                : new String(texts, start, to(code) - start, StandardCharsets.UTF_8);
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
