package org.usagestats.sink.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.usagestats.testkit.ReceivedReports.json;
import static org.usagestats.testkit.ReceivedReports.text;

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
        add(text(NOON, "date:1.5", "a:1").id(ID).peer("192.0.2.1").build());

        assertThat(window.seen(
                        window.fingerprint(text(NOON.plusSeconds(1), "date:1.5", "a:1")
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
        add(text(NOON, "date:1.5", "a:1").id(ID).build());

        assertThat(seen(text(NOON, "date:1.5", "a:2").id(ID).build())).contains(Outcome.CONFLICT);
        assertThat(seen(json(NOON, "\"date\":\"1.5\",\"a\":\"1\"").id(ID).build()))
                .contains(Outcome.DUPLICATE);
    }

    @Test
    void textThatNamesItsUserIsKnownByItsFieldsFromAnyAddress() {
        add(text(NOON, "date:1.5", "user:u").peer("192.0.2.1").build());

        Instant later = NOON.plus(Duration.ofDays(29));
        assertThat(seen(text(later, "date:1.5", "user:u").peer("192.0.2.2").build()))
                .contains(Outcome.DUPLICATE);
        assertThat(seen(text(later, "date:1.6", "user:u").peer("192.0.2.1").build()))
                .isEmpty();
    }

    @Test
    void textWithoutUserIsAnotherReportFromAnotherAddress() {
        add(text(NOON, "date:1.5").peer("192.0.2.1").build());

        assertThat(seen(text(NOON, "date:1.5").peer("192.0.2.1").build())).contains(Outcome.DUPLICATE);
        assertThat(seen(text(NOON, "date:1.5").peer("192.0.2.2").build())).isEmpty();
    }

    @Test
    void jsonWithoutIdIsNeverRecognised() {
        ReceivedReport report = json(NOON, "\"user\":\"u\"").peer("192.0.2.1").build();
        add(report);

        assertThat(seen(report)).isEmpty();
        assertThat(window.fingerprint(report)).isNotEqualTo(window.fingerprint(report));
    }

    @Test
    void storedRecordsHaveTheFingerprintsOfTheirReports() {
        ReceivedReport known = text(NOON, "date:1.5", "a:1").id(ID).build();
        ReceivedReport anonymous = text(NOON, "date:1.5", "user:u").build();

        assertThat(window.fingerprint(ID, known.json(), known.fieldsOffset(), known.json().length - 1))
                .isEqualTo(window.fingerprint(known))
                .extracting(Fingerprint::content)
                .isEqualTo(window.fingerprint(known).content());
        assertThat(window.fingerprint(anonymous.json(), anonymous.fieldsOffset(), anonymous.json().length - 1))
                .isEqualTo(window.fingerprint(anonymous));
    }

    @Test
    void fingerprintsAreKeysOfWhatIsBeingStored() {
        Fingerprint first = window.fingerprint(text(NOON, "a:1").id(ID).build());
        Fingerprint again = window.fingerprint(text(NOON, "a:1").id(ID).build());
        Fingerprint other = window.fingerprint(text(NOON, "a:2").id(ID).build());
        Map<Fingerprint, Fingerprint> pending = new HashMap<>(Map.of(first, first));

        assertThat(pending).containsKeys(again, other);
        assertThat(again.after(pending.get(again))).isEqualTo(Outcome.DUPLICATE);
        assertThat(other.after(pending.get(other))).isEqualTo(Outcome.CONFLICT);
    }

    @Test
    void windowsDrawTheirOwnKeys() {
        ReceivedReport report = text(NOON, "a:1").id(ID).build();

        assertThat(new IdWindow().fingerprint(report)).isNotEqualTo(window.fingerprint(report));
    }

    @Test
    void windowsWithOneKeyUnderstandEachOther() {
        byte[] key = IdWindow.randomKey();
        ReceivedReport report = text(NOON, "a:1").id(ID).build();
        ReceivedReport other = text(NOON, "a:2").id(ID).build();
        Fingerprint made = new IdWindow(key).fingerprint(report);
        IdWindow taught = new IdWindow(key);
        taught.add(made.identity(), made.content(), NOON);

        assertThat(taught.seen(taught.fingerprint(report), NOON)).contains(Outcome.DUPLICATE);
        assertThat(taught.seen(taught.fingerprint(other), NOON)).contains(Outcome.CONFLICT);
        assertThat(taught.seen(taught.fingerprint(report), NOON.plus(Duration.ofDays(31))))
                .isEmpty();
    }

    private void add(ReceivedReport report) {
        window.add(window.fingerprint(report), report.received());
    }

    private Optional<Outcome> seen(ReceivedReport report) {
        return window.seen(window.fingerprint(report), report.received());
    }
}
