package org.usagestats.sink.jsonl;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class SegmentTest {

    private static final LocalDate DAY = LocalDate.of(2026, 3, 1);

    @Test
    void aSegmentIsNamedByInstanceAndNumber() {
        assertThat(Segment.of(DAY, "web-1", 7).name()).isEqualTo("web-1-000007.jsonl");
        assertThat(Segment.of(DAY, "web", 1_234_567).name()).isEqualTo("web-1234567.jsonl");
        assertThat(Segment.of(DAY, "web-1", 7).sequenceOf("web-1")).isEqualTo(7);
        assertThat(Segment.of(DAY, "web", 1_234_567).sequenceOf("web")).isEqualTo(1_234_567);
    }

    @Test
    void instancesWhoseNamesLookAlikeAreToldApart() {
        Segment segment = Segment.of(DAY, "web-000001", 2);

        assertThat(segment.name()).isEqualTo("web-000001-000002.jsonl");
        assertThat(segment.sequenceOf("web-000001")).isEqualTo(2);
        assertThat(segment.sequenceOf("web")).isZero();
    }

    @Test
    void anInstanceIsKnownByTheNamesOfItsFiles() {
        assertThat(Segment.instanceOf("web-1-000001.jsonl.tmp")).hasValue("web-1");
        assertThat(Segment.instanceOf("web-000001-000002.jsonl")).hasValue("web-000001");
        assertThat(Segment.instanceOf("--000002.jsonl")).hasValue("-");
        assertThat(Segment.instanceOf("web-1")).isEmpty();
        assertThat(Segment.instanceOf("web.000001.jsonl")).isEmpty();
    }

    @Test
    void otherFilesAreNotNumbered() {
        assertThat(new Segment(DAY, "import.jsonl").isNumbered()).isFalse();
        assertThat(new Segment(DAY, "web-12345.jsonl").isNumbered()).isFalse();
        assertThat(new Segment(DAY, "web-000001.jsonl").isNumbered()).isTrue();
        assertThat(new Segment(DAY, "web-000001.jsonl.jsonl").isNumbered()).isFalse();
        assertThat(new Segment(DAY, "Web-000001.jsonl").isNumbered()).isFalse();
        assertThat(new Segment(DAY, "web-00000a.jsonl").isNumbered()).isFalse();
        assertThat(new Segment(DAY, "-000001.jsonl").isNumbered()).isFalse();
        assertThat(new Segment(DAY, "w".repeat(33) + "-000001.jsonl").isNumbered())
                .isFalse();
        assertThat(new Segment(DAY, "web-12345.jsonl").sequenceOf("web")).isZero();
        assertThat(new Segment(DAY, "web-00000x.jsonl").sequenceOf("web")).isZero();
        assertThat(new Segment(DAY, "web-000001.json").sequenceOf("web")).isZero();
        assertThat(new Segment(DAY, "-000001.jsonl").sequenceOf("")).isZero();
        assertThat(new Segment(DAY, "x").sequenceOf("web")).isZero();
    }
}
