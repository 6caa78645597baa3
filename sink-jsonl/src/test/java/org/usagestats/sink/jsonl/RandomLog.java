package org.usagestats.sink.jsonl;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import org.usagestats.api.Erasure;
import org.usagestats.sink.ReceivedReport;

/** Makes reports with missing, nested, repeated and strange fields, and logs of them with damage of every kind. */
record RandomLog(Random random) {

    static final Instant START = Instant.parse("2026-03-27T20:00:00Z");
    static final Duration PERIOD = Duration.ofDays(4);

    private static final List<String> KEYS =
            List.of("version", "user", "a", "a.b", "a.b.c", "tags", "n", "n.x", "system", "größe", "x y", "q\\\"t");
    private static final List<String> STRINGS = List.of(
            "1.0",
            "2.10.3",
            "2.9.1-beta",
            "v2.9",
            "3",
            "Linux;6.1",
            "linux",
            "x",
            "é",
            "a\\\"b",
            "\\u0041",
            "A",
            "",
            "1e3",
            " 7",
            "\\ud83d\\ude00",
            "\\ud83d",
            "?",
            "line\\nbreak",
            "2b7e1516-28ae-42d2-a6ab-f7158809cf4f");
    private static final List<String> LITERALS = List.of(
            "3", "1", "1.0", "0", "-5", "-0", "0.25", "1e3", "1E+2", "12345678901234567890", "true", "false", "null");
    private static final List<String> NESTED = List.of(
            "[]",
            "[1,2]",
            "[\"x\",\"x\",\"é\"]",
            "[3,\"3\",null]",
            "[[1],[1]]",
            "{}",
            "{\"b\":1}",
            "{\"b\":{\"c\":\"x\"}}",
            "{\"b.c\":2,\"b\":{\"c\":3}}",
            "{\"b\":[\"}\",\"]\"]}",
            "{ \"b\" : [ 1 , 2 ] }");

    /** A report with one of a few ids, or none. */
    ReceivedReport report() {
        Instant received = moment();
        String fields = fields();
        ReceivedReport.Builder report =
                ReceivedReport.json(new byte[0], fields.getBytes(StandardCharsets.UTF_8), received);
        int id = random.nextInt(60);
        if (id < 50) {
            report.id(id(id));
            if (random.nextBoolean()) {
                report.eraseHash(erasure(id).hash());
            }
        }
        return report.build();
    }

    static UUID id(int number) {
        return new UUID(0x4000L + number % 3, number);
    }

    static Erasure erasure(int id) {
        return new Erasure(id(id), String.format(Locale.ROOT, "%064x", id + 1));
    }

    private Instant moment() {
        return START.plusMillis((long) (random.nextDouble() * PERIOD.toMillis()));
    }

    private String fields() {
        StringBuilder fields = new StringBuilder();
        if (random.nextInt(4) > 0) {
            fields.append("\"date\":").append(date());
        }
        for (String key : KEYS) {
            if (random.nextInt(3) > 0) {
                fields.append(fields.length() == 0 ? "\"" : ",\"")
                        .append(key)
                        .append("\":")
                        .append(value(key));
            }
        }
        return fields.toString();
    }

    private String date() {
        long millis = moment().toEpochMilli();
        return switch (random.nextInt(8)) {
            case 0 -> Long.toString(millis / 1000);
            case 1 -> "\"soon\"";
            case 2 -> "\"" + millis / 1000 + ".1234567\"";
            default -> "\"" + millis / 1000 + String.format(Locale.ROOT, ".%03d\"", millis % 1000);
        };
    }

    private String value(String key) {
        if (key.equals("user") && random.nextInt(10) > 0) {
            return "\"" + new UUID(1, random.nextInt(20)) + "\"";
        }
        return switch (random.nextInt(4)) {
            case 0 -> LITERALS.get(random.nextInt(LITERALS.size()));
            case 1 -> NESTED.get(random.nextInt(NESTED.size()));
            default -> "\"" + STRINGS.get(random.nextInt(STRINGS.size())) + "\"";
        };
    }

    /** Writes a segment as another instance or a hand would have left it. */
    void writeSegment(Path root, String name, int reports) throws IOException {
        LocalDate day = LocalDate.ofInstant(moment(), ZoneOffset.UTC);
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
