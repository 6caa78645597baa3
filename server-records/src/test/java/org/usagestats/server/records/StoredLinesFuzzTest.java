package org.usagestats.server.records;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.usagestats.sink.ReceivedReport;
import org.usagestats.sink.ReportTaker.Place;

/** Whatever line is imported, it is told as damaged or becomes a report, which is the same when it is imported again. */
class StoredLinesFuzzTest {

    private static final Place PLACE = new Place("a.jsonl", 1);

    @FuzzTest
    void lines(byte[] line) throws IOException {
        for (ReceivedReport report : imported(line)) {
            assertThat(StoredJson.isObject(report.json())).isTrue();
            assertThat(imported(report.json())).singleElement().satisfies(again -> {
                assertThat(again.json()).isEqualTo(report.json());
                assertThat(again.id()).isEqualTo(report.id());
                assertThat(again.received()).isEqualTo(report.received());
            });
        }
    }

    private static List<ReceivedReport> imported(byte[] line) throws IOException {
        List<ReceivedReport> reports = new ArrayList<>();
        List<String> damage = new ArrayList<>();
        ReportSource.Target target = new ReportSource.Target() {
            @Override
            public void add(ReceivedReport report) {
                reports.add(report);
            }

            @Override
            public void damage(Place place, String reason) {
                damage.add(reason);
            }
        };
        new StoredLines(target, place -> "1").report(PLACE, line);
        assertThat(reports.size() + damage.size()).isEqualTo(1);
        return reports;
    }
}
