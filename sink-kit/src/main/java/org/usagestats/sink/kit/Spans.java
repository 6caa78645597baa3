package org.usagestats.sink.kit;

import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.usagestats.sink.Dimension;
import org.usagestats.sink.Query;
import org.usagestats.sink.QueryLimits;
import org.usagestats.sink.QueryTooLargeException;
import org.usagestats.sink.Selection;
import org.usagestats.sink.Value;

/** Lists the spans of an answer without gaps. */
final class Spans {

    private Spans() {}

    /**
     * The spans of the question's period, or from the first to the last of the answer where the period is open.
     *
     * @param column which dimension is the time
     * @param answered the spans that have reports
     */
    static List<Value> of(Query query, int column, Collection<List<Value>> answered, QueryLimits limits)
            throws QueryTooLargeException {
        Selection selection = query.selection();
        Calendar calendar = new Calendar(((Dimension.Time) query.groupBy().get(column)).span(), selection.zone());
        List<ZonedDateTime> ends = new ArrayList<>();
        answered.forEach(time -> ends.add(calendar.start(time.get(0))));
        selection.from().ifPresent(from -> ends.add(calendar.start(calendar.label(from))));
        selection.to().ifPresent(to -> ends.add(calendar.start(calendar.label(to.minusMillis(1)))));
        if (ends.isEmpty()) {
            return List.of();
        }
        ZonedDateTime first = ends.stream().min(ZonedDateTime::compareTo).orElseThrow();
        ZonedDateTime last = ends.stream().max(ZonedDateTime::compareTo).orElseThrow();
        List<Value> spans = new ArrayList<>();
        for (ZonedDateTime begin = first; !begin.isAfter(last); begin = calendar.next(begin)) {
            spans.add(calendar.name(begin));
            if (spans.size() > limits.groups()) {
                throw QueryTooLargeException.tooManySpans(limits, calendar.name(first), calendar.name(last));
            }
        }
        return spans;
    }
}
