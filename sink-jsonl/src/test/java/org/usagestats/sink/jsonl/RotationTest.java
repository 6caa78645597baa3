package org.usagestats.sink.jsonl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.usagestats.sink.jsonl.Sample.NOON;
import static org.usagestats.sink.jsonl.Sample.exported;
import static org.usagestats.sink.jsonl.Sample.json;
import static org.usagestats.sink.jsonl.Sample.jsonOf;
import static org.usagestats.sink.jsonl.Sample.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usagestats.sink.Durability;
import org.usagestats.sink.Outcome;
import org.usagestats.sink.ReceivedReport;
import org.usagestats.sink.testkit.FaultyDisk;

class RotationTest {

    private static final Instant MIDNIGHT = Instant.parse("2026-03-02T00:00:00Z");

    @TempDir
    Path root;

    @Test
    void aSegmentThatIsLongEnoughIsFollowedByTheNext() throws IOException {
        try (JsonlSink sink = open(1000)) {
            for (int number = 1; number <= 30; number++) {
                sink.append(List.of(report(number)));
            }
            assertThat(exported(sink)).isEqualTo(jsonOf(1, 30));
        }
        Layout layout = new Layout(root);
        List<Segment> segments = layout.segments();
        assertThat(segments).hasSizeBetween(4, 5);
        for (Segment segment : segments.subList(0, segments.size() - 1)) {
            assertThat(Files.size(layout.file(segment))).isBetween(1000L, 1200L);
        }
    }

    @Test
    void eachDayHasItsOwnSegments() throws IOException {
        List<ReceivedReport> reports = List.of(
                report(1, MIDNIGHT.minusMillis(1)), report(2, MIDNIGHT), report(3, MIDNIGHT.plus(Duration.ofDays(30))));
        try (JsonlSink sink = open(1 << 20)) {
            for (ReceivedReport report : reports) {
                sink.append(List.of(report));
            }
            assertThat(exported(sink))
                    .isEqualTo(reports.stream().map(Sample::json).toList());
        }
        assertThat(names())
                .containsExactly(
                        "2026-03-01/web1-000001.jsonl", "2026-03-02/web1-000002.jsonl", "2026-04-01/web1-000003.jsonl");
    }

    @Test
    void aClockThatGoesBackDoesNotBringADayBack() throws IOException {
        ReceivedReport later = report(1, MIDNIGHT);
        ReceivedReport earlier = report(2, MIDNIGHT.minus(Duration.ofDays(3)));
        try (JsonlSink sink = open(1 << 20)) {
            sink.append(List.of(later));
            sink.append(List.of(earlier));
            assertThat(sink.append(List.of(report(1, MIDNIGHT.minus(Duration.ofDays(3))))))
                    .containsExactly(Outcome.DUPLICATE);
            assertThat(exported(sink)).containsExactly(json(later), json(earlier));
        }
        assertThat(names()).containsExactly("2026-03-02/web1-000001.jsonl");
    }

    @Test
    void aRestartGoesOnInANewSegment() throws IOException {
        for (int number = 1; number <= 3; number++) {
            try (JsonlSink sink = open(1 << 20)) {
                sink.append(List.of(report(number)));
            }
            open(1 << 20).close();
        }

        assertThat(names())
                .containsExactly(
                        "2026-03-01/web1-000001.jsonl", "2026-03-01/web1-000002.jsonl", "2026-03-01/web1-000003.jsonl");
    }

    @Test
    void reportsOlderThanTheWindowAreServedButNotRecognised() throws IOException {
        try (JsonlSink sink = open(1 << 20)) {
            sink.append(List.of(report(1)));
        }
        Instant later = NOON.plus(Duration.ofDays(32));
        try (JsonlSink sink = JsonlSink.open(Sample.settings(root), new FaultyDisk(), later)) {
            assertThat(sink.append(List.of(report(1, later)))).containsExactly(Outcome.STORED);
            assertThat(exported(sink)).hasSize(2);
        }
    }

    private JsonlSink open(long segmentBytes) throws IOException {
        return JsonlSink.open(Sample.settings(root, Durability.ALWAYS, segmentBytes), new FaultyDisk(), NOON);
    }

    private List<String> names() throws IOException {
        return new Layout(root)
                .segments().stream()
                        .map(segment -> segment.day() + "/" + segment.name())
                        .toList();
    }
}
