package org.usagestats.sink.jsonl;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.usagestats.sink.Durability;
import org.usagestats.sink.ReceivedReport;
import org.usagestats.sink.testkit.FaultyDisk;

/** Reports, settings and views of a sink as the tests need them. */
final class Sample {

    static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    static final String DAY = "dt=2026-03-01";
    static final String INSTANCE = "web1";

    private Sample() {}

    /** A text report whose id and content say its number. */
    static ReceivedReport report(int number) {
        return report(number, NOON.plusMillis(number));
    }

    static ReceivedReport report(int number, Instant received) {
        return report(new UUID(0, number), "n:" + number, received);
    }

    static ReceivedReport report(UUID id, String line, Instant received) {
        byte[] body = ("date:1.000\n" + line + "\n").getBytes(StandardCharsets.UTF_8);
        return ReceivedReport.text(body, received).id(id).build();
    }

    static Settings settings(Path root) {
        return settings(root, Durability.ALWAYS, 1 << 20);
    }

    static Settings settings(Path root, Durability durability, long segmentBytes) {
        return new Settings(
                new Layout(root), INSTANCE, durability, segmentBytes, Duration.ofHours(1), Keep.FOR_EVER, Form.PLAIN);
    }

    static JsonlSink open(Path root) throws IOException {
        return JsonlSink.open(settings(root), new FaultyDisk(), NOON);
    }

    /** The canonical JSON of all reports, in the order of the export. */
    static List<String> exported(JsonlSink sink) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        sink.exportJsonLines(out);
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }

    /** The bytes of a segment, decompressed if it is compressed. */
    static byte[] content(Layout layout, Segment segment) throws IOException {
        try (InputStream lines = layout.look(segment, file -> Form.of(file).open(file))) {
            return lines.readAllBytes();
        }
    }

    static String json(ReceivedReport report) {
        return new String(report.json(), StandardCharsets.UTF_8);
    }

    /** The canonical JSON of the reports with the numbers {@code first} to {@code last}. */
    static List<String> jsonOf(int first, int last) {
        List<String> json = new ArrayList<>();
        for (int number = first; number <= last; number++) {
            json.add(json(report(number)));
        }
        return json;
    }
}
