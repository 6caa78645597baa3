package org.usagestats.sink.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.usagestats.sink.kit.Reports.json;
import static org.usagestats.sink.kit.Reports.text;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.usagestats.sink.Outcome;
import org.usagestats.sink.ReceivedReport;

class IdWindowTest {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final UUID ID = new UUID(1, 2);

    private final IdWindow window = new IdWindow();

    @Test
    void sameIdWithTheSameFieldsIsADuplicateWhereverItComesFrom() {
        add(text("date:1.5\na:1\n", NOON).id(ID).peer("192.0.2.1").build());

        assertThat(window.seen(
                        window.fingerprint(text("date:1.5\na:1\n", NOON.plusSeconds(1))
                                .id(ID)
                                .peer("192.0.2.2")
                                .address("192.0.2.2")
                                .path("/other")
                                .build()),
                        NOON))
                .contains(Outcome.DUPLICATE);
    }

    @Test
    void sameIdWithOtherFieldsIsAConflict() {
        add(text("date:1.5\na:1\n", NOON).id(ID).build());

        assertThat(seen(text("date:1.5\na:2\n", NOON).id(ID).build())).contains(Outcome.CONFLICT);
        assertThat(seen(json("\"date\":\"1.5\",\"a\":\"1\"", NOON).id(ID).build()))
                .contains(Outcome.DUPLICATE);
    }

    @Test
    void textThatNamesItsUserIsKnownByItsFieldsFromAnyAddress() {
        add(text("date:1.5\nuser:u\n", NOON).peer("192.0.2.1").build());

        Instant later = NOON.plus(Duration.ofDays(29));
        assertThat(seen(text("date:1.5\nuser:u\n", later).peer("192.0.2.2").build()))
                .contains(Outcome.DUPLICATE);
        assertThat(seen(text("date:1.6\nuser:u\n", later).peer("192.0.2.1").build()))
                .isEmpty();
    }

    @Test
    void textWithoutUserIsAnotherReportFromAnotherAddress() {
        add(text("date:1.5\n", NOON).peer("192.0.2.1").build());

        assertThat(seen(text("date:1.5\n", NOON).peer("192.0.2.1").build())).contains(Outcome.DUPLICATE);
        assertThat(seen(text("date:1.5\n", NOON).peer("192.0.2.2").build())).isEmpty();
    }

    @Test
    void jsonWithoutIdIsNeverRecognised() {
        ReceivedReport report = json("\"user\":\"u\"", NOON).peer("192.0.2.1").build();
        add(report);

        assertThat(seen(report)).isEmpty();
        assertThat(window.fingerprint(report)).isNotEqualTo(window.fingerprint(report));
    }

    @Test
    void storedRecordsHaveTheFingerprintsOfTheirReports() {
        ReceivedReport known = text("date:1.5\na:1\n", NOON).id(ID).build();
        ReceivedReport anonymous = text("date:1.5\nuser:u\n", NOON).build();

        assertThat(window.fingerprint(ID, known.json(), known.fieldsOffset(), known.json().length - 1))
                .isEqualTo(window.fingerprint(known))
                .extracting(Fingerprint::content)
                .isEqualTo(window.fingerprint(known).content());
        assertThat(window.fingerprint(anonymous.json(), anonymous.fieldsOffset(), anonymous.json().length - 1))
                .isEqualTo(window.fingerprint(anonymous));
    }

    @Test
    void fingerprintsAreKeysOfWhatIsBeingStored() {
        Fingerprint first = window.fingerprint(text("a:1\n", NOON).id(ID).build());
        Fingerprint again = window.fingerprint(text("a:1\n", NOON).id(ID).build());
        Fingerprint other = window.fingerprint(text("a:2\n", NOON).id(ID).build());
        Map<Fingerprint, Fingerprint> pending = new HashMap<>(Map.of(first, first));

        assertThat(pending).containsKeys(again, other);
        assertThat(again.after(pending.get(again))).isEqualTo(Outcome.DUPLICATE);
        assertThat(other.after(pending.get(other))).isEqualTo(Outcome.CONFLICT);
    }

    @Test
    void windowsDrawTheirOwnKeys() {
        ReceivedReport report = text("a:1\n", NOON).id(ID).build();

        assertThat(new IdWindow().fingerprint(report)).isNotEqualTo(window.fingerprint(report));
    }

    private void add(ReceivedReport report) {
        window.add(window.fingerprint(report), report.received());
    }

    private Optional<Outcome> seen(ReceivedReport report) {
        return window.seen(window.fingerprint(report), report.received());
    }
}
