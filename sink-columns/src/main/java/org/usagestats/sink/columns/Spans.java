package org.usagestats.sink.columns;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.usagestats.sink.Span;
import org.usagestats.sink.Value;

/** Numbers the spans of a calendar in which times are, from 0 on as they turn up. Not for use by several threads. */
final class Spans {

    private final Span span;
    private final ZoneId zone;
    private final List<ZonedDateTime> starts = new ArrayList<>();

    /** Where the spans begin, in their order, with how far each certainly goes and its number. */
    private long[] froms = new long[4];

    private long[] tos = new long[4];
    private int[] numbers = new int[4];
    private int last;

    Spans(Span span, ZoneId zone) {
        this.span = span;
        this.zone = zone;
    }

    /** The number of the span in which a time is. */
    int number(long time) {
        if (!starts.isEmpty() && time >= froms[last] && time < tos[last]) {
            return numbers[last];
        }
        int place = Arrays.binarySearch(froms, 0, starts.size(), time);
        last = place >= 0 ? place : Math.max(0, -place - 2);
        return !starts.isEmpty() && time >= froms[last] && time < tos[last] ? numbers[last] : find(time);
    }

    private int find(long time) {
        ZonedDateTime start = span.start(Instant.ofEpochMilli(time).atZone(zone));
        long from = start.toInstant().toEpochMilli();
        int place = Arrays.binarySearch(froms, 0, starts.size(), from);
        if (place >= 0) {
            // An hour in which clocks were set back is longer than it says.
            return numbers[place];
        }
        add(-place - 1, start, from);
        return starts.size() - 1;
    }

    private void add(int place, ZonedDateTime start, long from) {
        int size = starts.size();
        if (size == froms.length) {
            froms = Arrays.copyOf(froms, 2 * size);
            tos = Arrays.copyOf(tos, 2 * size);
            numbers = Arrays.copyOf(numbers, 2 * size);
        }
        System.arraycopy(froms, place, froms, place + 1, size - place);
        System.arraycopy(tos, place, tos, place + 1, size - place);
        System.arraycopy(numbers, place, numbers, place + 1, size - place);
        froms[place] = from;
        tos[place] = end(start);
        numbers[place] = size;
        starts.add(start);
        last = place;
    }

    /** When a span ends; one in which clocks were set ahead is shorter than it says. */
    private long end(ZonedDateTime start) {
        ZonedDateTime end = span.plus(start, 1);
        ZonedDateTime next = span.start(end);
        return (next.isAfter(start) ? next : end).toInstant().toEpochMilli();
    }

    /** Tells whether one span holds two times, and with them all between. */
    boolean holds(long one, long other) {
        return number(one) == number(other);
    }

    /** How many spans turned up. */
    int size() {
        return starts.size();
    }

    /** The name of a span. */
    Value label(int number) {
        return Value.string(span.label(starts.get(number)));
    }

    /** How many spans lie between two, 0 if the second is not the later. */
    long between(int one, int other) {
        return Math.max(0, span.between(starts.get(one), starts.get(other)));
    }
}
