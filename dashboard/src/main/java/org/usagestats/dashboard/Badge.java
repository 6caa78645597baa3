package org.usagestats.dashboard;

import org.usagestats.sink.Query;
import org.usagestats.sink.QueryResult;
import org.usagestats.sink.Value;

/**
 * A small picture (SVG) with a label and one value, for a project's page.
 *
 * @param label what the value is
 * @param value the value
 */
public record Badge(String label, String value) {

    private static final int LONGEST = 60;
    private static final double HEIGHT = 20;

    /**
     * Makes the badge of an answer: with its first metric if it has no dimension, else with the first row's values.
     *
     * @param label what it is
     * @param query the question
     * @param result its answer
     * @return the badge
     */
    public static Badge of(String label, Query query, QueryResult result) {
        if (result.rows().isEmpty()) {
            return new Badge(label, "none");
        }
        QueryResult.Row first = result.rows().get(0);
        if (!first.values().isEmpty()) {
            boolean rest = first.values().contains(Value.OTHER);
            return new Badge(label, rest ? "none" : Grid.text(first.values()));
        }
        double number = first.metrics().get(0).doubleValue();
        boolean share = query.metrics().get(0).name().startsWith("share");
        return new Badge(label, share ? Numbers.percent(number) : Numbers.brief(number));
    }

    /** Cuts what is too long for a badge. */
    public Badge {
        label = cut(label);
        value = cut(value);
    }

    private static String cut(String text) {
        return text.codePointCount(0, text.length()) <= LONGEST
                ? text
                : text.substring(0, text.offsetByCodePoints(0, LONGEST - 1)) + "…";
    }

    /**
     * Draws it.
     *
     * @return the picture
     */
    public String draw() {
        double left = width(label);
        double width = left + width(value);
        return Svg.picture(width, HEIGHT, Theme.INHERITED)
                .describe(label + ": " + value, "A badge")
                .markup("<rect width=\"" + Svg.number(width) + "\" height=\"20\" rx=\"4\" fill=\"#2b5fd0\"/>")
                .markup("<path d=\"M4 0H" + Svg.number(left)
                        + "V20H4a4 4 0 0 1-4-4V4a4 4 0 0 1 4-4z\" fill=\"#3d4656\"/>")
                .markup(text(label, 0, left))
                .markup(text(value, left, width - left))
                .end();
    }

    private static String text(String content, double x, double width) {
        return "<text x=\"" + Svg.number(x + width / 2)
                + "\" y=\"14\" text-anchor=\"middle\" fill=\"#fff\" font-size=\"11\""
                + " textLength=\"" + Svg.number(width - 14) + "\" lengthAdjust=\"spacingAndGlyphs\">"
                + Svg.escaped(content) + "</text>";
    }

    /** About as wide as the text is in most fonts; {@code textLength} makes it fit. */
    private static double width(String text) {
        return 14 + text.codePoints().mapToDouble(Badge::width).sum();
    }

    private static double width(int c) {
        if ("ijl.,:;|!'1 ".indexOf(c) >= 0) {
            return 4;
        }
        return c > 0x2E80 ? 11 : Character.isUpperCase(c) || "mwMW%".indexOf(c) >= 0 ? 8 : 6.2;
    }
}
