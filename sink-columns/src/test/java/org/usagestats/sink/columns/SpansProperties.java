package org.usagestats.sink.columns;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Tuple;
import org.usagestats.sink.Span;

class SpansProperties {

    private static final long MINUTE = 60_000;

    /** Clocks are set by an hour, by half an hour, at midnight, and by a whole day, or never. */
    private static final List<String> ZONES =
            List.of("UTC", "Europe/Berlin", "Australia/Lord_Howe", "America/Havana", "Pacific/Apia", "Asia/Kathmandu");

    /** Times in a zone. */
    record Calendar(ZoneId zone, List<Long> times) {}

    @Property(tries = 1000)
    void aTimeIsInTheSpanThatItsCalendarSays(@ForAll Span span, @ForAll("calendars") Calendar calendar) {
        Spans spans = new Spans(span, calendar.zone);
        for (long time : calendar.times) {
            assertThat(spans.label(spans.number(time)).text())
                    .as("at %s", Instant.ofEpochMilli(time))
                    .isEqualTo(span.label(start(span, calendar.zone, time)));
        }
    }

    @Property(tries = 500)
    void betweenTwoSpansAreAsManyAsTheCalendarSays(@ForAll Span span, @ForAll("calendars") Calendar calendar) {
        Spans spans = new Spans(span, calendar.zone);
        long first = calendar.times.get(0);
        ZonedDateTime begin = start(span, calendar.zone, first);
        for (long time : calendar.times) {
            ZonedDateTime end = start(span, calendar.zone, time);
            assertThat(spans.between(spans.number(first), spans.number(time)))
                    .isEqualTo(Math.max(0, span.between(begin, end)));
            assertThat(spans.holds(first, time)).isEqualTo(begin.equals(end));
        }
    }

    private static ZonedDateTime start(Span span, ZoneId zone, long time) {
        return span.start(Instant.ofEpochMilli(time).atZone(zone));
    }

    /** Mostly times about a change of the clocks, else of any year. */
    @Provide
    Arbitrary<Calendar> calendars() {
        return Arbitraries.of(ZONES).map(ZoneId::of).flatMap(zone -> {
            Arbitrary<Long> any = Arbitraries.longs().between(0, 2_000_000_000_000L);
            List<Long> changes = changes(zone);
            Arbitrary<List<Long>> lists = changes.isEmpty()
                    ? list(any)
                    : Arbitraries.of(changes)
                            .flatMap(change -> list(Arbitraries.longs()
                                    .between(-180, 180)
                                    .withDistribution(RandomDistribution.uniform())
                                    .map(minutes -> change + minutes * MINUTE)));
            return Arbitraries.frequencyOf(Tuple.of(4, lists), Tuple.of(1, list(any)))
                    .map(times -> new Calendar(zone, times));
        });
    }

    private static List<Long> changes(ZoneId zone) {
        List<Long> changes = new ArrayList<>();
        Instant at = Instant.parse("2011-01-01T00:00:00Z");
        for (int i = 0; i < 4; i++) {
            ZoneOffsetTransition next = zone.getRules().nextTransition(at);
            if (next == null) {
                break;
            }
            at = next.getInstant();
            changes.add(at.toEpochMilli());
        }
        return changes;
    }

    private static Arbitrary<List<Long>> list(Arbitrary<Long> times) {
        return times.list().ofMinSize(1).ofMaxSize(60);
    }
}
