package org.usagestats.sink.columns;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.usagestats.sink.Dimension;
import org.usagestats.sink.Selection;
import org.usagestats.sink.Span;
import org.usagestats.sink.Value;

/**
 * A dimension of the first reports with the same value: which span they are in, or how many spans lie between. All reports
 * are to be learnt before. For use by several threads.
 */
final class CohortAxis implements Axis {

    private final FieldAxis values;
    private final Span span;
    private final boolean age;
    private final Selection selection;
    private final Shelf shelf;
    private final ValueSpace space = new ValueSpace(new KeyValues());
    private long[] firsts = {};

    CohortAxis(Dimension dimension, FieldAxis values, Selection selection, Shelf shelf) {
        this.values = values;
        this.age = dimension instanceof Dimension.Age;
        this.span = dimension instanceof Dimension.First first ? first.span() : ((Dimension.Age) dimension).span();
        this.selection = selection;
        this.shelf = shelf;
    }

    @Override
    public ValueSpace space() {
        return space;
    }

    /** Learns when the values of some reports of a part were seen. */
    void learn(Part part, RowSet rows) throws IOException {
        Meanings.Seen seen = values.in(part);
        Times times = shelf.times(part, selection.clock());
        long[] earliest = new long[seen.meanings().length];
        Arrays.fill(earliest, Times.NONE);
        for (int row : rows.toArray()) {
            long time = times.at(row);
            int code = seen.codes().at(row);
            if (time != Times.NONE && (earliest[code] == Times.NONE || time < earliest[code])) {
                earliest[code] = time;
            }
        }
        learn(seen, earliest);
    }

    private synchronized void learn(Meanings.Seen seen, long[] earliest) {
        for (int code = 0; code < earliest.length; code++) {
            if (earliest[code] != Times.NONE) {
                for (int single : values.space().singles(seen.meanings()[code])) {
                    learn(single, earliest[code]);
                }
            }
        }
    }

    private void learn(int single, long time) {
        if (single >= firsts.length) {
            int before = firsts.length;
            firsts = Arrays.copyOf(firsts, Math.max(single + 1, 2 * before));
            Arrays.fill(firsts, before, firsts.length, Times.NONE);
        }
        if (firsts[single] == Times.NONE || time < firsts[single]) {
            firsts[single] = time;
        }
    }

    /** When the values of a meaning were seen first, those that were. */
    private long[] firsts(int meaning) {
        return Arrays.stream(values.space().singles(meaning))
                .filter(single -> single < firsts.length && firsts[single] != Times.NONE)
                .mapToLong(single -> firsts[single])
                .toArray();
    }

    @Override
    public Meanings.Seen in(Part part) throws IOException {
        Meanings.Seen seen = values.in(part);
        return age ? ages(seen, shelf.times(part, selection.clock()), part.rows()) : names(seen);
    }

    private Meanings.Seen names(Meanings.Seen seen) {
        TimeAxis.Cursor cursor = new TimeAxis.Cursor(span, selection.zone());
        int[] meanings = new int[seen.meanings().length];
        for (int code = 0; code < meanings.length; code++) {
            Set<Value> names = new LinkedHashSet<>();
            for (long first : firsts(seen.meanings()[code])) {
                names.add(cursor.label(first));
            }
            meanings[code] = space.number(List.copyOf(names));
        }
        return new Meanings.Seen(seen.codes(), meanings);
    }

    /** A report's age is that of the span it is in: counted once for each span and value. */
    private Meanings.Seen ages(Meanings.Seen seen, Times times, int rows) {
        TimeAxis.Cursor now = new TimeAxis.Cursor(span, selection.zone());
        LongNumbers pairs = new LongNumbers();
        LongNumbers spans = new LongNumbers();
        List<Integer> meanings = new ArrayList<>(List.of(0));
        int[] codes = new int[rows];
        long card = seen.meanings().length;
        for (int row = 0; row < rows; row++) {
            long time = times.at(row);
            if (time != Times.NONE) {
                int code = seen.codes().at(row);
                long start = now.start(time).toInstant().toEpochMilli();
                int pair = 1 + pairs.number(spans.number((start - Long.MIN_VALUE) >>> 1) * card + code);
                if (pair == meanings.size()) {
                    meanings.add(ages(seen.meanings()[code], time));
                }
                codes[row] = pair;
            }
        }
        return new Meanings.Seen(
                Codes.narrow(codes, rows, rows),
                meanings.stream().mapToInt(Integer::intValue).toArray());
    }

    private int ages(int meaning, long time) {
        Set<Value> ages = new LinkedHashSet<>();
        for (long first : firsts(meaning)) {
            ages.add(Value.number(Long.toString(between(first, time))));
        }
        return space.number(List.copyOf(ages));
    }

    private long between(long first, long last) {
        TimeAxis.Cursor from = new TimeAxis.Cursor(span, selection.zone());
        TimeAxis.Cursor to = new TimeAxis.Cursor(span, selection.zone());
        return Math.max(0, span.between(from.start(first), to.start(last)));
    }
}
