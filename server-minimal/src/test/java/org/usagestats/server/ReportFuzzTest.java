package org.usagestats.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.usagestats.server.http.Refusal;
import org.usagestats.sink.ReceivedReport;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Whatever is sent as a JSON report, it is refused, or its canonical JSON is one line of JSON and the same by each way in. */
class ReportFuzzTest {

    private static final Instant NOW = Instant.parse("2026-03-29T12:00:00Z");

    /** Also as a line of a batch, whether or not it has line feeds. */
    @FuzzTest
    void jsonReports(byte[] body) {
        Optional<ReceivedReport> report = read(() -> JsonReport.read(body, NOW));

        assertThat(fields(read(() -> BatchLine.read(wrapped(body)).report(NOW))))
                .isEqualTo(fields(report));
        report.ifPresent(ReportFuzzTest::check);
        report.ifPresent(first -> {
            byte[] again = ("{" + fields(report).orElseThrow()).getBytes(UTF_8);
            assertThat(fields(read(() -> JsonReport.read(again, NOW)))).isEqualTo(fields(report));
        });
    }

    @FuzzTest
    void linesOfABatch(byte[] line) {
        read(() -> BatchLine.read(ByteBuffer.wrap(line)).report(NOW)).ifPresent(report -> {
            check(report);
            assertThat(fields(read(() -> JsonReport.read(report.body(), NOW)))).isEqualTo(fields(Optional.of(report)));
            assertThat(new String(line, UTF_8)).contains(new String(report.body(), UTF_8));
        });
    }

    private interface Reader {
        ReceivedReport.Builder read() throws Refusal;
    }

    private static Optional<ReceivedReport> read(Reader reader) {
        try {
            return Optional.of(reader.read().build());
        } catch (Refusal refused) {
            assertThat(refused.status()).isBetween(400, 499);
            assertThat(refused.line()).isNotBlank().doesNotContain("\n");
            return Optional.empty();
        }
    }

    private static void check(ReceivedReport report) {
        requireObject(report.json());
        assertThat(new String(report.json(), UTF_8)).doesNotContain("\n");
    }

    private static void requireObject(byte[] json) {
        try (JsonParser in = new JsonFactory().createParser(ObjectReadContext.empty(), json)) {
            assertThat(in.nextToken()).isEqualTo(JsonToken.START_OBJECT);
            in.skipChildren();
            assertThat(in.nextToken()).isNull();
        }
    }

    /** The report's own fields, with the brace that closes the object. */
    private static Optional<String> fields(Optional<ReceivedReport> report) {
        return report.map(
                one -> new String(Arrays.copyOfRange(one.json(), one.fieldsOffset(), one.json().length), UTF_8));
    }

    private static ByteBuffer wrapped(byte[] report) {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        line.writeBytes("{\"report\":".getBytes(UTF_8));
        line.writeBytes(report);
        line.write('}');
        return ByteBuffer.wrap(line.toByteArray());
    }
}
