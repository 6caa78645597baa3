package org.usagestats.query;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.usagestats.sink.QueryResult;
import org.usagestats.sink.Value;

/** Writes answers as tables. */
final class AnswerTable {

    private static final String OTHER = "(other)";
    private static final int WIDEST = 60;

    private AnswerTable() {}

    /** With a header, as RFC 4180 has it; {@code null} and a metric without a number are empty cells. */
    static String csv(QueryAnswer answer) {
        StringBuilder text = new StringBuilder();
        line(answer.query().columns().stream().map(Cells::text), text);
        for (QueryResult.Row row : answer.result().rows()) {
            line(
                    Stream.concat(
                            row.values().stream().map(AnswerTable::csv),
                            row.metrics().stream().map(AnswerTable::exact)),
                    text);
        }
        return text.toString();
    }

    private static void line(Stream<String> cells, StringBuilder text) {
        text.append(cells.collect(Collectors.joining(","))).append("\r\n");
    }

    private static String csv(Value value) {
        return switch (value.kind()) {
            case NULL -> "";
            case BOOLEAN, NUMBER -> value.text();
            case STRING, JSON -> Cells.text(value.text());
            case OTHER -> Cells.text(OTHER);
        };
    }

    private static String exact(Number number) {
        if (number instanceof Long) {
            return number.toString();
        }
        return Double.isFinite(number.doubleValue()) ? plain(new BigDecimal(number.toString())) : "";
    }

    private static String plain(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }

    /**
     * With columns under each other for people: metrics to the right and rounded to six digits, long texts cut, and what
     * could confuse a terminal as {@code \\uXXXX}.
     */
    static String aligned(QueryAnswer answer) {
        List<List<String>> lines = new ArrayList<>();
        lines.add(answer.query().columns().stream().map(AnswerTable::shown).toList());
        for (QueryResult.Row row : answer.result().rows()) {
            lines.add(Stream.concat(
                            row.values().stream().map(AnswerTable::shown),
                            row.metrics().stream().map(AnswerTable::rounded))
                    .toList());
        }
        return aligned(lines, answer.query().groupBy().size());
    }

    private static String aligned(List<List<String>> lines, int textColumns) {
        List<Integer> widths = new ArrayList<>(Collections.nCopies(lines.get(0).size(), 0));
        for (List<String> line : lines) {
            for (int i = 0; i < line.size(); i++) {
                widths.set(i, Math.max(widths.get(i), width(line.get(i))));
            }
        }
        StringBuilder text = new StringBuilder();
        for (List<String> line : lines) {
            StringBuilder row = new StringBuilder();
            for (int i = 0; i < line.size(); i++) {
                String padding = " ".repeat(widths.get(i) - width(line.get(i)));
                row.append(i < textColumns ? line.get(i) + padding : padding + line.get(i))
                        .append("  ");
            }
            text.append(row.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    private static int width(String text) {
        return text.codePointCount(0, text.length());
    }

    private static String shown(Value value) {
        return value.kind() == Value.Kind.OTHER ? OTHER : shown(value.text());
    }

    private static String shown(String text) {
        StringBuilder safe = new StringBuilder();
        text.codePoints().limit(WIDEST).forEach(point -> {
            if (isSafe(point)) {
                safe.appendCodePoint(point);
            } else {
                String digits = Integer.toHexString(point);
                safe.append("\\u")
                        .append("0".repeat(Math.max(0, 4 - digits.length())))
                        .append(digits);
            }
        });
        return text.codePointCount(0, text.length()) > WIDEST ? safe + "…" : safe.toString();
    }

    private static boolean isSafe(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> false;
            default -> true;
        };
    }

    private static String rounded(Number number) {
        if (number instanceof Long) {
            return number.toString();
        }
        return Double.isFinite(number.doubleValue())
                ? plain(new BigDecimal(number.toString()).round(new MathContext(6)))
                : "";
    }
}
