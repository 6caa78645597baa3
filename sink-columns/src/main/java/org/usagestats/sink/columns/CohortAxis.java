package org.usagestats.sink.columns;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongToIntFunction;
import org.usagestats.sink.Dimension;
import org.usagestats.sink.Selection;
import org.usagestats.sink.Span;
import org.usagestats.sink.Value;

/**
 * A dimension of the first reports with the same value: which span they are in, or how many spans lie between. For use by
 * several threads.
 */
final class CohortAxis implements Axis {

    private final FirstReports firsts;
    private final Span span;
    private final boolean age;
    private final Selection selection;
    private final Shelf shelf;
    private final ValueSpace space = new ValueSpace(new KeyValues());

    CohortAxis(Dimension dimension, FirstReports firsts, Selection selection, Shelf shelf) {
        this.firsts = firsts;
        this.age = dimension instanceof Dimension.Age;
        this.span = dimension instanceof Dimension.First first ? first.span() : ((Dimension.Age) dimension).span();
        this.selection = selection;
        this.shelf = shelf;
    }

    @Override
    public ValueSpace space() {
        return space;
    }

    @Override
    public Meanings.Seen in(Part part) throws IOException {
        Meanings.Seen seen = firsts.values().in(part);
        Spans spans = new Spans(span, selection.zone());
        if (!age) {
            SpanNumbers names = new SpanNumbers(number -> space.number(List.of(spans.label(number))));
            return new Meanings.Seen(seen.codes(), meanings(seen, first -> names.of(spans.number(first))));
        }
        Times.Extent extent = part.extent(selection.clock());
        if (!extent.missing() && !extent.isEmpty() && spans.holds(extent.least(), extent.greatest())) {
            SpanNumbers ages = agesAt(spans, spans.number(extent.least()));
            return new Meanings.Seen(seen.codes(), meanings(seen, first -> ages.of(spans.number(first))));
        }
        return ages(seen, shelf.times(part, selection.clock()), part.rows(), spans);
    }

    private int[] meanings(Meanings.Seen seen, LongToIntFunction ofFirst) {
        return Arrays.stream(seen.meanings())
                .map(meaning -> meaning(meaning, ofFirst))
                .toArray();
    }

    /** What it means to have a value, or several, by when each was seen first. */
    private int meaning(int of, LongToIntFunction ofFirst) {
        if (of >= 0) {
            long first = firsts.of(of);
            return first == Times.NONE ? 0 : ofFirst.applyAsInt(first);
        }
        Set<Value> all = new LinkedHashSet<>();
        for (int single : firsts.values().space().singles(of)) {
            all.addAll(space.values(meaning(single, ofFirst)));
        }
        return space.number(List.copyOf(all));
    }

    private SpanNumbers agesAt(Spans spans, int now) {
        return new SpanNumbers(first -> space.number(List.of(Value.number(Long.toString(spans.between(first, now))))));
    }

    /** A report's age is that of the span it is in: found out once for each span and value. */
    private Meanings.Seen ages(Meanings.Seen seen, Times times, int rows, Spans spans) {
        List<SpanNumbers> agesAt = new ArrayList<>();
        LongNumbers pairs = new LongNumbers();
        List<Integer> meanings = new ArrayList<>(List.of(0));
        int[] codes = new int[rows];
        long card = seen.meanings().length;
        for (int row = 0; row < rows; row++) {
            long time = times.at(row);
            if (time != Times.NONE) {
                int code = seen.codes().at(row);
                int now = spans.number(time);
                int pair = 1 + pairs.number(now * card + code);
                if (pair == meanings.size()) {
                    for (int next = agesAt.size(); next <= now; next++) {
                        agesAt.add(agesAt(spans, next));
                    }
                    SpanNumbers ages = agesAt.get(now);
                    meanings.add(meaning(seen.meanings()[code], first -> ages.of(spans.number(first))));
                }
                codes[row] = pair;
            }
        }
        return new Meanings.Seen(
                Codes.narrow(codes, rows, rows),
                meanings.stream().mapToInt(Integer::intValue).toArray());
    }
}
