package org.usagestats.sink.jsonl;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.usagestats.sink.ReceivedReport;

/** Whatever stands in a line, its head is read within it; and that of a report is the report's. */
class StoredHeadFuzzTest {

    private static final UUID ID = new UUID(7, 9);

    @FuzzTest
    void lines(byte[] line) {
        for (int from = 0; from < Math.min(line.length, 3); from++) {
            StoredHead head = StoredHead.of(line, from, line.length);
            assertThat(head.end()).isBetween(from + 1, line.length);
            assertThat(head.uuid().isPresent() || head.eraseKey().isEmpty()).isTrue();
        }
        assertThat(StoredHead.allIn(line, 0, line.length))
                .allSatisfy(head -> assertThat(head.end()).isBetween(1, line.length));
    }

    /** Takes a path, an address and what is reported, a line each. */
    @FuzzTest
    void reports(byte[] text) {
        String[] parts = new String(text, StandardCharsets.UTF_8).split("\n", 3);
        byte[] body = parts[parts.length - 1].getBytes(StandardCharsets.UTF_8);
        ReceivedReport report = ReceivedReport.text(body, Sample.NOON)
                .id(ID)
                .path(parts[0])
                .address(parts[parts.length / 2])
                .eraseHash("ab".repeat(32))
                .build();

        StoredHead head = StoredHead.of(report.json(), 0, report.json().length);

        assertThat(head.end()).isEqualTo(report.fieldsOffset());
        assertThat(head.uuid()).contains(ID);
        assertThat(head.received()).isEqualTo("2026-03-01T12:00:00.000Z");
        assertThat(head.eraseHash()).isEqualTo("ab".repeat(32));
    }
}
