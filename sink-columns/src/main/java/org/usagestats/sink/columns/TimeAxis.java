package org.usagestats.sink.columns;

import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.usagestats.sink.Selection;
import org.usagestats.sink.Span;
import org.usagestats.sink.Value;

/** A dimension of time: names the spans of a calendar in which reports are. For use by several threads. */
final class TimeAxis implements Axis {

    private final Span span;
    private final Selection selection;
    private final Shelf shelf;
    private final ValueSpace space = new ValueSpace(new KeyValues());

    TimeAxis(Span span, Selection selection, Shelf shelf) {
        this.span = span;
        this.selection = selection;
        this.shelf = shelf;
    }

    @Override
    public ValueSpace space() {
        return space;
    }

    @Override
    public Meanings.Seen in(Part part) throws IOException {
        Times.Extent extent = part.extent(selection.clock());
        Cursor cursor = new Cursor(span, selection.zone());
        if (!extent.missing() && !extent.isEmpty() && cursor.holds(extent.least(), extent.greatest())) {
            int label = space.number(List.of(cursor.label(extent.least())));
            return new Meanings.Seen(Codes.constant(part.rows(), 1), new int[] {0, label});
        }
        return each(shelf.times(part, selection.clock()), part.rows(), cursor);
    }

    private Meanings.Seen each(Times times, int rows, Cursor cursor) {
        int[] codes = new int[rows];
        int[] labels = new int[16];
        Map<Value, Integer> known = new HashMap<>();
        int last = 0;
        for (int row = 0; row < rows; row++) {
            long time = times.at(row);
            if (time == Times.NONE) {
                continue;
            }
            if (last == 0 || !cursor.isIn(time)) {
                Value label = cursor.label(time);
                last = known.computeIfAbsent(label, unseen -> known.size() + 1);
                if (last == labels.length) {
                    labels = Arrays.copyOf(labels, 2 * last);
                }
                labels[last] = space.number(List.of(label));
            }
            codes[row] = last;
        }
        return new Meanings.Seen(Codes.narrow(codes, rows, rows), Arrays.copyOf(labels, known.size() + 1));
    }

    /** Stands in one span of a calendar, and goes to another when asked for a time there. Not for use by several threads. */
    static final class Cursor {

        private final Span span;
        private final ZoneId zone;
        private long from = Long.MAX_VALUE;
        private long to = Long.MIN_VALUE;
        private ZonedDateTime start = Instant.EPOCH.atZone(ZoneOffset.UTC);

        Cursor(Span span, ZoneId zone) {
            this.span = span;
            this.zone = zone;
        }

        boolean isIn(long time) {
            return time >= from && time < to;
        }

        private void moveTo(long time) {
            if (!isIn(time)) {
                start = span.start(Instant.ofEpochMilli(time).atZone(zone));
                from = start.toInstant().toEpochMilli();
                to = span.plus(start, 1).toInstant().toEpochMilli();
            }
        }

        /** Tells whether one span holds two times. */
        boolean holds(long one, long other) {
            moveTo(one);
            return isIn(other);
        }

        /** The name of the span of a time. */
        Value label(long time) {
            moveTo(time);
            return Value.string(span.label(start));
        }

        /** The beginning of the span of a time. */
        ZonedDateTime start(long time) {
            moveTo(time);
            return start;
        }
    }
}
