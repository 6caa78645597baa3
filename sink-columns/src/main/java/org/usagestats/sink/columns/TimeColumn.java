package org.usagestats.sink.columns;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.usagestats.sink.Selection;
import org.usagestats.sink.Value;
import org.usagestats.sink.kit.ReportTime;

/**
 * The times of the reports of a part, while it grows. Reads the forms that collectors and clients write without more ado:
 * {@code 2026-03-01T12:00:00.000Z} and {@code 1772366400.000}. Not for use by several threads.
 */
final class TimeColumn {

    private static final int RECEIVED_LENGTH = 24;
    private static final int DAY_LENGTH = 11;

    private final Selection.Clock clock;
    private final byte[] day = new byte[DAY_LENGTH];
    private long dayStart = Times.NONE;
    private long[] times = new long[16];
    private int rows;

    TimeColumn(Selection.Clock clock) {
        this.clock = clock;
    }

    /** Gives a row the time that a plain string says. */
    void put(int row, byte[] bytes, int from, int to) {
        long time = clock == Selection.Clock.RECEIVED ? received(bytes, from, to) : reported(bytes, from, to);
        if (time == Times.NONE) {
            put(row, Value.string(new String(bytes, from, to - from, StandardCharsets.UTF_8)));
        } else {
            put(row, time);
        }
    }

    /** Gives a row the time that a value says, if it is one. */
    void put(int row, Value value) {
        Optional<Instant> time = ReportTime.read(clock, value);
        put(row, time.isPresent() ? time.get().toEpochMilli() : Times.NONE);
    }

    private void put(int row, long time) {
        if (row >= times.length) {
            times = Arrays.copyOf(times, Math.max(row + 1, 2 * times.length));
        }
        skipTo(row);
        times[row] = time;
        rows = row + 1;
    }

    private void skipTo(int row) {
        while (rows < row) {
            times[rows++] = Times.NONE;
        }
    }

    private long received(byte[] bytes, int from, int to) {
        if (to - from != RECEIVED_LENGTH || bytes[to - 1] != 'Z' || !isKnownDay(bytes, from)) {
            return Times.NONE;
        }
        int at = from + DAY_LENGTH;
        int hour = number(bytes, at, 2);
        int minute = number(bytes, at + 3, 2);
        int second = number(bytes, at + 6, 2);
        int milli = number(bytes, at + 9, 3);
        boolean formed = bytes[at + 2] == ':' && bytes[at + 5] == ':' && bytes[at + 8] == '.';
        if (!formed || (hour | minute | second | milli) < 0 || hour > 23 || minute > 59 || second > 59) {
            return Times.NONE;
        }
        return dayStart + ((hour * 60L + minute) * 60 + second) * 1000 + milli;
    }

    private boolean isKnownDay(byte[] bytes, int from) {
        if (dayStart != Times.NONE && Arrays.equals(day, 0, DAY_LENGTH, bytes, from, from + DAY_LENGTH)) {
            return true;
        }
        String text = new String(bytes, from, DAY_LENGTH, StandardCharsets.ISO_8859_1) + "00:00:00Z";
        Optional<Instant> start = ReportTime.read(Selection.Clock.RECEIVED, Value.string(text));
        start.ifPresent(time -> {
            dayStart = time.toEpochMilli();
            System.arraycopy(bytes, from, day, 0, DAY_LENGTH);
        });
        return start.isPresent();
    }

    private static long reported(byte[] bytes, int from, int to) {
        int dot = to - 4;
        if (dot <= from || dot - from > 12 || bytes[dot] != '.' || (bytes[from] == '0' && dot - from > 1)) {
            return Times.NONE;
        }
        long seconds = 0;
        for (int i = from; i < dot; i++) {
            int digit = bytes[i] - '0';
            if (digit < 0 || digit > 9) {
                return Times.NONE;
            }
            seconds = 10 * seconds + digit;
        }
        int milli = number(bytes, dot + 1, 3);
        return milli < 0 ? Times.NONE : seconds * 1000 + milli;
    }

    /** Reads digits; negative if there are others. */
    private static int number(byte[] bytes, int from, int length) {
        int number = 0;
        for (int i = from; i < from + length; i++) {
            int digit = bytes[i] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = 10 * number + digit;
        }
        return number;
    }

    /** How much memory it takes. */
    long memory() {
        return 8L * times.length;
    }

    /** The times of the first rows. */
    Times times(int count) {
        if (count > times.length) {
            times = Arrays.copyOf(times, count);
        }
        skipTo(count);
        return Times.of(times, count);
    }
}
