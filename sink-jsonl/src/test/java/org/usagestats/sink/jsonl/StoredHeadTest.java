package org.usagestats.sink.jsonl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.usagestats.sink.jsonl.Sample.NOON;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.usagestats.sink.ReceivedReport;

class StoredHeadTest {

    private static final UUID ID = new UUID(1, 2);

    @Test
    void theFieldsBeginWhereTheReportSays() {
        for (String body : new String[] {"", "date:1\nuser:x\n", "report_id:mine\n", "submitted_path:\"\n"}) {
            check(text(body));
            check(text(body).id(ID));
            check(text(body).address("::1").path("/a\"b\\"));
            check(text(body).id(ID).address("10.0.0.0").path("/\u00e9\n"));
        }
    }

    @Test
    void aLineOfSomeoneElseHasNoHead() {
        for (String json :
                new String[] {"{}", "{\"report_id\":7}", "{\"report_id\":\"x}", "{\"a\":\"b\"}", "{\"report_id\"}"}) {
            byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
            assertThat(StoredHead.of(bytes, 0, bytes.length)).as(json).isEqualTo(new StoredHead("", "", "", 1));
        }
    }

    private static ReceivedReport.Builder text(String body) {
        return ReceivedReport.text(body.getBytes(StandardCharsets.UTF_8), NOON);
    }

    private static void check(ReceivedReport.Builder builder) {
        ReceivedReport report = builder.build();
        StoredHead head = StoredHead.of(report.json(), 0, report.json().length);
        assertThat(head.end()).as(Sample.json(report)).isEqualTo(report.fieldsOffset());
        assertThat(head.id()).isEqualTo(report.id().map(UUID::toString).orElse(""));
        assertThat(head.received()).isEqualTo("2026-03-01T12:00:00.000Z");
    }
}
