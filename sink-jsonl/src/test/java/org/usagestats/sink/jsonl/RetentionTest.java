package org.usagestats.sink.jsonl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usagestats.sink.Durability;
import org.usagestats.sink.Query;
import org.usagestats.sink.testkit.FaultyDisk;
import org.usagestats.testkit.Await;

class RetentionTest {

    private static final Instant NOW = Instant.now();
    private static final LocalDate TODAY = LocalDate.ofInstant(NOW, ZoneOffset.UTC);
    private static final Duration LONG = Duration.ofMinutes(1);

    @TempDir
    Path root;

    @Test
    void segmentsThatAreTooOldGoWithAllThatIsDerivedOfThem() throws Exception {
        fill("web1", 60);
        try (JsonlSink sink = open("web1", Keep.of("40days"), Duration.ofMillis(15))) {
            Await.until("20 days are deleted", LONG, () -> days("web1").equals(lastDays(41)));
            assertThat(sink.query(Query.count()).coverage().damaged()).isZero();
            assertThat(Sample.exported(sink)).hasSize(41);
            // What an eraser derives of a segment while that is deleted is there for a moment.
            Await.until(
                    "nothing derived is left of them",
                    LONG,
                    () -> derived().stream().noneMatch(name -> name.compareTo(TODAY.minusDays(40) + "") < 0));
            assertThat(derived()).isNotEmpty();
            try (Stream<Path> left = Files.list(root)) {
                assertThat(left).as("40 days, today and _usagestats").hasSize(42);
            }
        }
    }

    @Test
    void theNewestSegmentOfEachInstanceStaysHoweverOld() throws Exception {
        try (JsonlSink sink = open("web2", Keep.FOR_EVER, Duration.ofHours(1))) {
            sink.append(List.of(Sample.report(1, before(300))));
            sink.append(List.of(Sample.report(2, before(200))));
        }
        fill("web1", 60);
        try (JsonlSink sink = open("web1", Keep.of("31days"), Duration.ofMillis(15))) {
            Await.until("29 days are deleted", LONG, () -> days("web1").equals(lastDays(32)));
            Await.until(
                    "the older of the other is deleted",
                    LONG,
                    () -> days("web2").equals(List.of(TODAY.minusDays(200))));
            sink.append(List.of(Sample.report(1000, NOW)));
        }
    }

    @Test
    void aClockThatLeaptDeletesNothing() throws Exception {
        fill("web1", 60);
        Retention retention = new Retention(settings("web1", Keep.of("40days"), LONG), new FaultyDisk());
        try (JsonlSink sink = open("web1", Keep.FOR_EVER, Duration.ofHours(1))) {
            LocalDate leap = LocalDate.of(2099, 1, 1);
            sink.append(List.of(
                    Sample.report(1000, leap.atStartOfDay(ZoneOffset.UTC).toInstant())));
            retention.apply(leap);
            assertThat(days("web1")).hasSizeGreaterThanOrEqualTo(41);
            assertThat(days("web1")).containsAll(lastDays(41));
        }
    }

    @Test
    void withoutAWishNothingIsDeleted() throws Exception {
        fill("web1", 60);
        new Retention(settings("web1", Keep.FOR_EVER, LONG), new FaultyDisk()).apply(TODAY);
        assertThat(days("web1")).isEqualTo(lastDays(60));
    }

    @Test
    void whatAFailureLeavesIsDeletedTheNextTime() throws Exception {
        fill("web1", 60);
        FaultyDisk disk = new FaultyDisk();
        Retention retention = new Retention(settings("web1", Keep.of("40days"), LONG), disk);
        disk.failWhen(operation -> operation % 3 == 0);
        for (int round = 0; round < 60; round++) {
            try {
                retention.apply(TODAY);
            } catch (IOException failed) {
                assertThat(failed).hasMessage("Input/output error");
            }
        }
        assertThat(days("web1")).isEqualTo(lastDays(41));
    }

    private static Instant before(int days) {
        return NOW.minus(Duration.ofDays(days));
    }

    private static List<LocalDate> lastDays(int days) {
        return TODAY.minusDays(days - 1L).datesUntil(TODAY.plusDays(1)).toList();
    }

    private List<LocalDate> days(String instance) throws IOException {
        return new Layout(root)
                .segments().stream()
                        .filter(segment -> segment.sequenceOf(instance) > 0)
                        .map(Segment::day)
                        .toList();
    }

    private List<String> derived() throws IOException {
        try (Stream<Path> files = Files.list(new Layout(root).derived())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("20"))
                    .toList();
        }
    }

    /** Stores a report on each of the last days. */
    private void fill(String instance, int days) throws IOException {
        try (JsonlSink sink = open(instance, Keep.FOR_EVER, Duration.ofHours(1))) {
            for (int ago = days - 1; ago >= 0; ago--) {
                sink.append(List.of(Sample.report(100 + ago, before(ago))));
            }
        }
    }

    private JsonlSink open(String instance, Keep keep, Duration pace) throws IOException {
        return JsonlSink.open(settings(instance, keep, pace), new FaultyDisk(), NOW);
    }

    private Settings settings(String instance, Keep keep, Duration pace) {
        return new Settings(new Layout(root), instance, Durability.OS, 1 << 20, pace, keep, Form.PLAIN);
    }
}
