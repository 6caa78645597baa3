package org.usagestats.sink.jsonl;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import org.usagestats.sink.ReceivedReport;
import org.usagestats.testkit.StrangeReports;

/** Makes logs of strange reports, with damage of every kind. */
record RandomLog(Random random) {

    ReceivedReport report() {
        return new StrangeReports(random).report();
    }

    /** Writes a segment as another instance or a hand would have left it. */
    void writeSegment(Path root, String name, int reports) throws IOException {
        LocalDate day = LocalDate.ofInstant(new StrangeReports(random).moment(), ZoneOffset.UTC);
        Path directory = Files.createDirectories(root.resolve("dt=" + day));
        append(directory.resolve(name), reports);
    }

    /** Adds lines to a segment. */
    void append(Path file, int reports) throws IOException {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        for (int i = 0; i < reports; i++) {
            byte[] json = report().json();
            byte[] line = random.nextInt(20) == 0 ? strange() : Line.of(json);
            lines.write(line);
        }
        Files.write(file, lines.toByteArray(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** Something that is no line, or a line that is no report. */
    private byte[] strange() {
        String text = List.of(
                        "",
                        "garbage",
                        "{\"version\":\"1.0\"",
                        "{\"version\":\"by hand\",\"n\":4}",
                        "{ \"version\" : \"spaced\" , \"server_time\" : \"2026-03-28T01:00:00.5Z\" }",
                        "{\"version\":1,\"version\":\"twice\",\"report_id\":\"1-1-1-1-1\"}",
                        "{\"version\":01}",
                        "{\"version\":tru}",
                        "{\"version\":\"tab\there\"}",
                        "[1]")
                .get(random.nextInt(10));
        byte[] json = text.getBytes(StandardCharsets.UTF_8);
        boolean sealed = random.nextBoolean() && text.endsWith("}");
        return sealed ? Line.of(json) : (text + "\n").getBytes(StandardCharsets.UTF_8);
    }
}
