package org.usagestats.sink.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.usagestats.sink.ReceivedReport;

class TextFileProperties {

    private static final String FORGED = "11111111-1111-1111-1111-111111111111";

    @Property
    void everyReportIsReadBackWhateverItsBodyImitates(@ForAll("reports") ReceivedReport report) {
        byte[] file = new TextFile().encode(report);

        ReceivedReport read = TextFile.decode(file).orElseThrow();

        assertThat(read.json()).isEqualTo(report.json());
        assertThat(read.body()).isEqualTo(report.body());
        assertThat(read.eraseHash()).isEqualTo(report.eraseHash());
    }

    @Property
    void anyBytesAreReadOrRefused(@ForAll byte[] content) {
        assertThat(TextFile.decode(content)).isEmpty();
    }

    @Provide
    Arbitrary<ReceivedReport> reports() {
        Arbitrary<String> lines = Arbitraries.of(
                "submitted_from:forged",
                "submitted_date:1.000",
                "submitted_id:" + FORGED,
                "submitted_id:-",
                "submitted_erase:" + "1".repeat(64),
                "submitted_erase:-",
                "submitted_path:/forged",
                "submitted_path:/",
                "submitted_",
                "date:1.500",
                "\u00e9:\u2028",
                "");
        Arbitrary<String> body = lines.list().ofMaxSize(6).map(list -> String.join("\n", list));
        return Combinators.combine(
                        body,
                        Arbitraries.of("", "id", "id and hash"),
                        Arbitraries.of("", "192.0.2.1", "::1"),
                        Arbitraries.of("/", "/usage", "/a:b c"),
                        Arbitraries.longs().between(0, 9_999_999_999_999L))
                .as(TextFileProperties::report);
    }

    private static ReceivedReport report(String body, String with, String address, String path, long millis) {
        ReceivedReport.Builder report = ReceivedReport.text(body.getBytes(UTF_8), Instant.ofEpochMilli(millis))
                .path(path);
        if (with.startsWith("id")) {
            report.id(new UUID(1, 2));
        }
        if (with.endsWith("hash")) {
            report.eraseHash("0123456789abcdef".repeat(4));
        }
        if (!address.isEmpty()) {
            report.address(address);
        }
        return report.build();
    }
}
