package org.usagestats.testkit;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import org.usagestats.api.Erasure;
import org.usagestats.sink.ReceivedReport;

/**
 * Makes reports with missing, nested, repeated and strange fields, some with the id of another, for tests of sinks.
 *
 * @param random decides; the same seed makes the same reports
 */
public record StrangeReports(Random random) {

    /** When the first report may be received. */
    public static final Instant START = Instant.parse("2026-03-27T20:00:00Z");

    /** How much later the last one may be. */
    public static final Duration PERIOD = Duration.ofDays(4);

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
    public ReceivedReport report() {
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

    /** One of the ids, by its number from 0 on. */
    public static UUID id(int number) {
        return new UUID(0x4000L + number % 3, number);
    }

    /** What erases the report with one of the ids. */
    public static Erasure erasure(int id) {
        return new Erasure(id(id), String.format(Locale.ROOT, "%064x", id + 1));
    }

    /** A moment of the period. */
    public Instant moment() {
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
}
