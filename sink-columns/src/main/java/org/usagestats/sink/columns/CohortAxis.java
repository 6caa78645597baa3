package org.usagestats.sink.columns;

import java.io.IOException;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
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
    private final Spans spans;
    private int[] spanOf = {};

    CohortAxis(Dimension dimension, FirstReports firsts, Selection selection, Shelf shelf) {
        this.firsts = firsts;
        this.age = dimension instanceof Dimension.Age;
        this.span = dimension instanceof Dimension.First first ? first.span() : ((Dimension.Age) dimension).span();
        this.selection = selection;
        this.shelf = shelf;
        this.spans = new Spans(span, selection.zone());
    }

    @Override
    public ValueSpace space() {
        return space;
    }

    @Override
    public Meanings.Seen in(Part part) throws IOException {
        learnSpans();
        Meanings.Seen seen = firsts.values().in(part);
        if (!age) {
            SpanNumbers names = new SpanNumbers(number -> space.number(List.of(spans.label(number))));
            return new Meanings.Seen(seen.codes(), meanings(seen, names));
        }
        Times.Extent extent = part.extent(selection.clock());
        Spans here = new Spans(span, selection.zone());
        if (!extent.missing() && !extent.isEmpty() && here.holds(extent.least(), extent.greatest())) {
            return new Meanings.Seen(seen.codes(), meanings(seen, agesAt(here.start(0))));
        }
        return ages(seen, shelf.times(part, selection.clock()), part.rows(), here);
    }

    /** Finds the spans of all first reports, now that all are learnt. */
    private synchronized void learnSpans() {
        if (spanOf.length == 0) {
            spanOf = firsts.spans(spans);
        }
    }

    private int[] meanings(Meanings.Seen seen, SpanNumbers ofFirst) {
        int[] meanings = new int[seen.meanings().length];
        for (int code = 0; code < meanings.length; code++) {
            meanings[code] = meaning(seen.meanings()[code], ofFirst);
        }
        return meanings;
    }

    /** What it means to have a value, or several, by the span in which each was seen first. */
    private int meaning(int of, SpanNumbers ofFirst) {
        if (of >= 0) {
            int first = of < spanOf.length ? spanOf[of] : -1;
            return first < 0 ? 0 : ofFirst.of(first);
        }
        Set<Value> all = new LinkedHashSet<>();
        for (int single : firsts.values().space().singles(of)) {
            all.addAll(space.values(meaning(single, ofFirst)));
        }
        return space.number(List.copyOf(all));
    }

    /** How old reports of a span are, by the span of the first. */
    private SpanNumbers agesAt(ZonedDateTime now) {
        return new SpanNumbers(first -> {
            long age = Math.max(0, span.between(spans.start(first), now));
            return space.number(List.of(Value.number(Long.toString(age))));
        });
    }

    /** A report's age is that of the span it is in: found out once for each span and value. */
    private Meanings.Seen ages(Meanings.Seen seen, Times times, int rows, Spans here) {
        List<SpanNumbers> agesAt = new ArrayList<>();
        LongNumbers pairs = new LongNumbers();
        List<Integer> meanings = new ArrayList<>(List.of(0));
        int[] codes = new int[rows];
        long card = seen.meanings().length;
        for (int row = 0; row < rows; row++) {
            long time = times.at(row);
            if (time != Times.NONE) {
                int code = seen.codes().at(row);
                int now = here.number(time);
                while (agesAt.size() <= now) {
                    agesAt.add(agesAt(here.start(agesAt.size())));
                }
                int pair = 1 + pairs.number(now * card + code);
                if (pair == meanings.size()) {
                    meanings.add(meaning(seen.meanings()[code], agesAt.get(now)));
                }
                codes[row] = pair;
            }
        }
        return new Meanings.Seen(
                Codes.narrow(codes, rows, rows),
                meanings.stream().mapToInt(Integer::intValue).toArray());
    }
}
