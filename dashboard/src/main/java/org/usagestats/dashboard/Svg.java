package org.usagestats.dashboard;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Writes a picture (SVG 1.1) that needs no style sheet and no font of its own. All text is escaped. */
final class Svg {

    private static final String FONT =
            "system-ui, -apple-system, 'Segoe UI', Roboto, 'Liberation Sans', Arial, sans-serif";

    private static final double FAR = 10_000;

    private final StringBuilder out = new StringBuilder(4096);

    /** Begins a picture: its title and its description are what a screen reader says. */
    static Svg picture(double width, double height, Theme theme) {
        Svg svg = new Svg();
        svg.out
                .append("<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" width=\"")
                .append(number(width))
                .append("\" height=\"")
                .append(number(height))
                .append("\" viewBox=\"0 0 ")
                .append(number(width))
                .append(' ')
                .append(number(height))
                .append("\" font-family=\"")
                .append(FONT)
                .append("\" font-size=\"12\"")
                .append(theme.attribute())
                .append(">\n");
        return svg;
    }

    Svg describe(String title, String description) {
        out.append("<title>").append(escaped(title)).append("</title>\n");
        out.append("<desc>").append(escaped(description)).append("</desc>\n");
        return this;
    }

    /** Adds markup of our own, in which there is nothing to escape. */
    Svg markup(String own) {
        out.append(own).append('\n');
        return this;
    }

    Svg rect(Box box, String fill) {
        out.append("<rect x=\"").append(number(box.x())).append("\" y=\"").append(number(box.y()));
        out.append("\" width=\"")
                .append(number(box.width()))
                .append("\" height=\"")
                .append(number(box.height()));
        out.append("\" rx=\"2\" fill=\"").append(fill).append("\"/>\n");
        return this;
    }

    /** A thin line of the text's colour. */
    Svg rule(double x1, double y1, double x2, double y2) {
        out.append("<path d=\"M")
                .append(number(x1))
                .append(' ')
                .append(number(y1))
                .append('L')
                .append(number(x2));
        out.append(' ').append(number(y2)).append("\" stroke=\"currentColor\" stroke-opacity=\".14\"/>\n");
        return this;
    }

    Svg path(String data, String attributes) {
        out.append("<path d=\"").append(data).append("\" ").append(attributes).append("/>\n");
        return this;
    }

    Svg text(double x, double y, Anchor anchor, String content) {
        return text(x, y, anchor.attributes + " fill-opacity=\".75\"", content);
    }

    Svg heading(double x, double y, String content) {
        return text(x, y, " font-size=\"14\" font-weight=\"600\"", content);
    }

    private Svg text(double x, double y, String attributes, String content) {
        out.append("<text x=\"")
                .append(number(x))
                .append("\" y=\"")
                .append(number(y))
                .append('"');
        out.append(attributes)
                .append(" fill=\"currentColor\">")
                .append(escaped(content))
                .append("</text>\n");
        return this;
    }

    String end() {
        return out.append("</svg>\n").toString();
    }

    /** Where a text is held. */
    enum Anchor {
        START(""),
        MIDDLE(" text-anchor=\"middle\""),
        END(" text-anchor=\"end\"");

        private final String attributes;

        Anchor(String attributes) {
            this.attributes = attributes;
        }
    }

    /** A rectangle. */
    record Box(double x, double y, double width, double height) {}

    /** A coordinate with one decimal; what is far outside of every picture, or nowhere, is kept near it. */
    static String number(double coordinate) {
        double near = Double.isNaN(coordinate) ? 0 : Math.max(-FAR, Math.min(coordinate, FAR));
        return BigDecimal.valueOf(near)
                .setScale(1, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
    }

    /** Text as XML 1.0 can have it; what it cannot, becomes the replacement character. */
    static String escaped(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                default -> escaped.appendCodePoint(isAllowed(c) ? c : 0xFFFD);
            }
        });
        return escaped.toString();
    }

    /** Leaves out what turns the direction of the text around it, too. */
    private static boolean isAllowed(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
