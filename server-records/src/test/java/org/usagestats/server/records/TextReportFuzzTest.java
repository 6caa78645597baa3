package org.usagestats.server.records;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.usagestats.sink.ReceivedReport;

/** Whatever is sent as a text report, it is at fault, or its canonical JSON is one line of JSON. */
class TextReportFuzzTest {

    private static final Instant NOW = Instant.parse("2026-03-29T12:00:00Z");

    @FuzzTest
    void textReports(byte[] body) {
        Optional<String> date = Stream.of(new String(body, ISO_8859_1).split("\n", -1))
                .filter(line -> line.startsWith("date:"))
                .findFirst();

        Optional<TextReport.Fault> fault = TextReport.fault(body);

        assertThat(fault.isEmpty()).isEqualTo(date.isPresent() && date.get().matches("date:[0-9]{2,12}\\.[0-9]{1,3}"));
        if (fault.isEmpty()) {
            byte[] json = ReceivedReport.text(body, NOW).build().json();
            assertThat(StoredJson.isObject(json)).isTrue();
            assertThat(new String(json, UTF_8)).doesNotContain("\n");
        }
    }
}
