package org.usagestats.sink.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.usagestats.testkit.ReceivedReports.text;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.usagestats.sink.Outcome;
import org.usagestats.sink.ReceivedReport;

class IdWindowProperties {

    record Arrival(Duration later, int name, int content) {}

    private record Kept(long period, int content) {}

    @Property
    void idIsRecognisedForThirtyDays(@ForAll("overDays") List<Arrival> arrivals) {
        Map<Integer, Kept> model = new HashMap<>();
        IdWindow window = new IdWindow();
        Instant now = Instant.parse("2026-11-22T12:00:00Z");
        for (Arrival arrival : arrivals) {
            now = now.plus(arrival.later());
            long day = now.getEpochSecond() / 86_400;
            Optional<Outcome> expected = Optional.ofNullable(model.get(arrival.name()))
                    .filter(kept -> day - kept.period() <= 30)
                    .map(kept -> kept.content() == arrival.content() ? Outcome.DUPLICATE : Outcome.CONFLICT);

            assertThat(receive(window, withId(arrival, now))).isEqualTo(expected);

            if (expected.isEmpty()) {
                model.put(arrival.name(), new Kept(day, arrival.content()));
            }
        }
    }

    @Property
    void textWithoutIdAndUserIsRecognisedForTenMinutesFromTheSameAddress(
            @ForAll("overMinutes") List<Arrival> arrivals) {
        Map<Integer, Kept> model = new HashMap<>();
        IdWindow window = new IdWindow();
        Instant now = Instant.parse("2026-11-22T23:30:00Z");
        for (Arrival arrival : arrivals) {
            now = now.plus(arrival.later());
            long minute = now.getEpochSecond() / 60;
            int sender = 10 * arrival.name() + arrival.content();
            Optional<Outcome> expected = Optional.ofNullable(model.get(sender))
                    .filter(kept -> minute - kept.period() <= 10)
                    .map(kept -> Outcome.DUPLICATE);

            assertThat(receive(window, withoutId(arrival, now))).isEqualTo(expected);

            if (expected.isEmpty()) {
                model.put(sender, new Kept(minute, 0));
            }
        }
    }

    @Provide
    Arbitrary<List<Arrival>> overDays() {
        return arrivals(Duration.ofDays(20));
    }

    @Provide
    Arbitrary<List<Arrival>> overMinutes() {
        return arrivals(Duration.ofMinutes(6));
    }

    private static Arbitrary<List<Arrival>> arrivals(Duration longestPause) {
        return Combinators.combine(
                        Arbitraries.longs().between(0, longestPause.toMillis()).map(Duration::ofMillis),
                        Arbitraries.integers().between(0, 4),
                        Arbitraries.integers().between(0, 1))
                .as(Arrival::new)
                .list()
                .ofMaxSize(60);
    }

    private static Optional<Outcome> receive(IdWindow window, ReceivedReport report) {
        Fingerprint fingerprint = window.fingerprint(report);
        Optional<Outcome> outcome = window.seen(fingerprint, report.received());
        if (outcome.isEmpty()) {
            window.add(fingerprint, report.received());
        }
        return outcome;
    }

    private static ReceivedReport withId(Arrival arrival, Instant now) {
        return text(now, "date:1.5", "content:" + arrival.content())
                .id(new UUID(7, arrival.name()))
                .build();
    }

    private static ReceivedReport withoutId(Arrival arrival, Instant now) {
        return text(now, "date:1.5", "content:" + arrival.content())
                .peer("192.0.2." + arrival.name())
                .build();
    }
}
