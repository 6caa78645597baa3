package org.usagestats.query;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.usagestats.sink.Dimension;
import org.usagestats.sink.Query;
import org.usagestats.sink.QueryResult;
import org.usagestats.sink.Span;

/** Names all spans of an answer's time, those without a row among them, so that a chart knows its axis. */
final class TimeLabels {

    private static final int MOST = 5_000;

    private final Span span;
    private final ZoneId zone;

    private TimeLabels(Span span, ZoneId zone) {
        this.span = span;
        this.zone = zone;
    }

    /**
     * The labels from the first span of the period, or of the rows if it has no beginning, to the last.
     *
     * @return the labels in order; none if the question is not about one time, there are no rows to tell, or they are very many
     */
    static List<String> of(Query query, QueryResult result) {
        List<Dimension> times = query.groupBy().stream()
                .filter(Dimension.Time.class::isInstance)
                .toList();
        if (times.size() != 1) {
            return List.of();
        }
        TimeLabels labels = new TimeLabels(
                ((Dimension.Time) times.get(0)).span(), query.selection().zone());
        int column = query.groupBy().indexOf(times.get(0));
        List<ZonedDateTime> seen = result.rows().stream()
                .map(row -> labels.start(row.values().get(column).text()))
                .sorted()
                .toList();
        Optional<ZonedDateTime> first = query.selection().from().map(labels::start);
        Optional<ZonedDateTime> last = query.selection().to().map(end -> labels.start(end.minusNanos(1)));
        if (seen.isEmpty()) {
            return first.isPresent() && last.isPresent() ? labels.between(first.get(), last.get()) : List.of();
        }
        return labels.between(first.orElse(seen.get(0)), last.orElse(seen.get(seen.size() - 1)));
    }

    private List<String> between(ZonedDateTime first, ZonedDateTime last) {
        if (span.between(first, last) >= MOST) {
            return List.of();
        }
        List<String> labels = new ArrayList<>();
        for (ZonedDateTime start = first; !start.isAfter(last); start = span.plus(start, 1)) {
            labels.add(span.label(start));
        }
        return labels;
    }

    private ZonedDateTime start(Instant time) {
        return span.start(time.atZone(zone));
    }

    private ZonedDateTime start(String label) {
        return label.indexOf('T') < 0
                ? LocalDate.parse(label).atStartOfDay(zone)
                : OffsetDateTime.parse(label).atZoneSameInstant(zone);
    }
}
