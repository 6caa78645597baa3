package org.usagestats.sink.columns;

import java.io.IOException;
import java.util.List;
import org.usagestats.sink.Selection;
import org.usagestats.sink.Span;

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
        Spans spans = new Spans(span, selection.zone());
        if (!extent.missing() && !extent.isEmpty() && spans.holds(extent.least(), extent.greatest())) {
            return new Meanings.Seen(Codes.constant(part.rows(), 1), meanings(spans));
        }
        return each(shelf.times(part, selection.clock()), part.rows(), spans);
    }

    private Meanings.Seen each(Times times, int rows, Spans spans) {
        int[] codes = new int[rows];
        for (int row = 0; row < rows; row++) {
            long time = times.at(row);
            codes[row] = time == Times.NONE ? 0 : 1 + spans.number(time);
        }
        return new Meanings.Seen(Codes.narrow(codes, rows, rows), meanings(spans));
    }

    private int[] meanings(Spans spans) {
        int[] meanings = new int[1 + spans.size()];
        for (int number = 0; number < spans.size(); number++) {
            meanings[1 + number] = space.number(List.of(spans.label(number)));
        }
        return meanings;
    }
}
