package org.usagestats.sink.files;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.usagestats.sink.ReceivedReport;
import org.usagestats.sink.kit.IdWindow;

/** Whatever a file holds, it is damaged or a report, and a report is written as what is read as the same. */
class ReportFileFuzzTest {

    private final IdWindow window = new IdWindow();

    @FuzzTest
    void texts(byte[] content) {
        Optional<ReceivedReport> report = TextFile.decode(content);

        check(new TextFile(), content);
        report.ifPresent(read -> {
            byte[] written = new TextFile().encode(read);
            assertThat(TextFile.decode(written)).hasValueSatisfying(again -> {
                assertThat(again.body()).isEqualTo(read.body());
                assertThat(again.received()).isEqualTo(read.received());
                assertThat(again.id()).isEqualTo(read.id());
                assertThat(again.eraseHash()).isEqualTo(read.eraseHash());
                if (hasNoReturns(content)) {
                    assertThat(again.json()).isEqualTo(read.json());
                }
            });
        });
    }

    /** What is written never has a carriage return in the lines of the collector. */
    private static boolean hasNoReturns(byte[] content) {
        return new String(content, StandardCharsets.ISO_8859_1).indexOf('\r') < 0;
    }

    @FuzzTest
    void objects(byte[] content) {
        check(new JsonFile(), content);
    }

    private void check(FileFormat format, byte[] content) {
        Optional<byte[]> json = format.canonicalJson(content);
        json.ifPresent(line -> assertThat(new String(line, StandardCharsets.UTF_8))
                .startsWith("{")
                .endsWith("}")
                .doesNotContain("\n"));
        if (json.isEmpty()) {
            assertThat(format.fingerprint(content, window)).isEmpty();
            assertThat(format.eraseKey(content)).isEmpty();
        }
    }
}
