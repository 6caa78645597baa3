package org.usagestats.dashboard;

import java.util.List;
import org.usagestats.dashboard.Svg.Anchor;
import org.usagestats.dashboard.Svg.Box;
import org.usagestats.sink.Query;
import org.usagestats.sink.QueryResult;

/**
 * A picture (SVG) of an answer: of its first metric, over its time or else its first dimension. Safe for use by several
 * threads.
 *
 * <p>The picture needs no script, no style sheet and nothing else from elsewhere. What the reports say stands in it as text,
 * cut where it is long. Series beyond the colours are told apart by dashes and hatching.
 *
 * @param title what stands above it
 * @param mark how the rows are drawn
 * @param theme what it stands on
 */
public record Chart(String title, Mark mark, Theme theme) {

    private static final double WIDTH = 960;
    private static final double LEFT = 56;
    private static final double RIGHT = 16;
    private static final double TOP = 44;
    private static final double FLOOR = 286;
    private static final double LEGEND = 22;
    private static final int MOST_SERIES = 12;
    private static final int MOST_BARS = 40;
    private static final List<String> COLOURS =
            List.of("#3f78d1", "#d9822b", "#1f9a80", "#b85fa5", "#7a72d6", "#9a8a2a");
    private static final String REST = "url(#rest)";
    private static final String HATCHING =
            "<defs><pattern id=\"rest\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\""
                    + " patternTransform=\"rotate(45)\"><path d=\"M0 0V6\" stroke=\"#8b94a5\" stroke-width=\"6\"/></pattern></defs>";

    /**
     * Draws an answer.
     *
     * @param query the question
     * @param result its answer
     * @return the picture
     */
    public String draw(Query query, QueryResult result) {
        Grid grid = Grid.over(query, result);
        String metric = query.metrics().get(0).name();
        if (grid.isEmpty()) {
            return picture(120, metric + ": no reports")
                    .text(24, 76, Anchor.START, "No reports")
                    .end();
        }
        return switch (mark) {
            case BARS -> bars(result, metric);
            case HISTOGRAM -> histogram(grid, metric);
            case LINE -> lines(grid, metric);
            case AREA -> areas(grid, metric);
        };
    }

    private Svg picture(double height, String description) {
        return Svg.picture(WIDTH, height, theme).describe(title, description).heading(24, 26, title);
    }

    private String bars(QueryResult result, String metric) {
        List<QueryResult.Row> rows = result.rows().stream().limit(MOST_BARS).toList();
        double most = rows.stream()
                .mapToDouble(Chart::number)
                .filter(n -> n > 0)
                .max()
                .orElse(1);
        int more = result.rows().size() - rows.size();
        Svg svg = picture(
                TOP + 26 * rows.size() + (more > 0 ? 40 : 16),
                metric + " in " + counted(result.rows().size(), "bar"));
        svg.markup(HATCHING);
        double y = TOP;
        for (QueryResult.Row row : rows) {
            String name = row.values().isEmpty() ? metric : Grid.text(row.values());
            double length = Math.max(580 * number(row) / most, 1);
            svg.text(240, y + 16, Anchor.END, name);
            svg.rect(
                    new Box(252, y + 4, Double.isNaN(length) ? 0 : length, 17),
                    name.startsWith("Other") ? REST : COLOURS.get(0));
            svg.text(260 + (Double.isNaN(length) ? 0 : length), y + 16, Anchor.START, written(metric, number(row)));
            y += 26;
        }
        return more > 0
                ? svg.text(252, y + 18, Anchor.START, "and " + more + " more").end()
                : svg.end();
    }

    private static String counted(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    private static double number(QueryResult.Row row) {
        return row.metrics().get(0).doubleValue();
    }

    private static String written(String metric, double number) {
        return metric.startsWith("share") ? Numbers.percent(number) : Numbers.brief(number);
    }

    private String histogram(Grid grid, String metric) {
        Svg svg = picture(FLOOR + 34, metric + " at " + counted(grid.places().size(), "place"));
        Scale scale = new Scale(grid.most());
        scale.drawGrid(svg, metric);
        double slot = (WIDTH - LEFT - RIGHT) / grid.places().size();
        for (int at = 0; at < grid.places().size(); at++) {
            double number = 0;
            for (Grid.Series one : grid.series()) {
                number += one.values().get(at).isNaN() ? 0 : one.values().get(at);
            }
            double y = scale.y(number);
            svg.rect(new Box(LEFT + slot * (at + 0.08), y, slot * 0.84, FLOOR - y), COLOURS.get(0));
        }
        drawPlaces(svg, grid.places(), LEFT + slot / 2, slot);
        return svg.end();
    }

    private String lines(Grid grid, String metric) {
        List<Grid.Series> shown = grid.series().stream().limit(MOST_SERIES).toList();
        Svg svg = picture(FLOOR + 40 + LEGEND * legendRows(shown), metric + " of " + described(grid, shown));
        Scale scale = new Scale(grid.most());
        scale.drawGrid(svg, metric);
        double step = step(grid);
        for (int i = 0; i < shown.size(); i++) {
            String dashes = i < COLOURS.size() ? "" : " stroke-dasharray=\"6 4\"";
            svg.path(
                    line(shown.get(i).values(), scale, step),
                    "fill=\"none\" stroke=\"" + (shown.get(i).isRest() ? "#8b94a5" : colour(i))
                            + "\" stroke-width=\"2.5\" stroke-linejoin=\"round\" stroke-linecap=\"round\"" + dashes);
        }
        drawPlaces(svg, grid.places(), LEFT, step);
        drawLegend(svg, shown, metric);
        return svg.end();
    }

    private String areas(Grid grid, String metric) {
        List<Grid.Series> shown = grid.series();
        Svg svg = picture(FLOOR + 40 + LEGEND * legendRows(shown), metric + ", stacked, of " + described(grid, shown));
        svg.markup(HATCHING);
        List<Grid.Series> tops = grid.stacked().series();
        Scale scale = new Scale(grid.stacked().most());
        scale.drawGrid(svg, metric);
        double step = step(grid);
        for (int i = tops.size() - 1; i >= 0; i--) {
            String ground = "V" + Svg.number(FLOOR) + "H" + Svg.number(LEFT) + "Z";
            String fill = tops.get(i).isRest() ? REST : colour(i);
            svg.path(
                    line(tops.get(i).values(), scale, step) + ground,
                    "fill=\"" + fill + "\" stroke=\"#fff\" stroke-width=\".8\"");
        }
        drawPlaces(svg, grid.places(), LEFT, step);
        drawLegend(svg, shown, metric);
        return svg.end();
    }

    private static String described(Grid grid, List<Grid.Series> shown) {
        return shown.size() + " series, from " + grid.places().get(0) + " to "
                + grid.places().get(grid.places().size() - 1);
    }

    private static double step(Grid grid) {
        return grid.places().size() < 2
                ? WIDTH - LEFT - RIGHT
                : (WIDTH - LEFT - RIGHT) / (grid.places().size() - 1);
    }

    private static String colour(int series) {
        return COLOURS.get(series % COLOURS.size());
    }

    /** A line that begins anew after each gap; a lone place is a short dash. */
    private static String line(List<Double> values, Scale scale, double step) {
        StringBuilder data = new StringBuilder();
        boolean drawing = false;
        for (int at = 0; at < values.size(); at++) {
            double value = values.get(at);
            if (!Double.isNaN(value)) {
                data.append(drawing ? 'L' : 'M')
                        .append(Svg.number(LEFT + step * at))
                        .append(' ')
                        .append(Svg.number(scale.y(value)));
                data.append(drawing ? "" : "h.1");
            }
            drawing = !Double.isNaN(value);
        }
        return data.toString();
    }

    private static void drawPlaces(Svg svg, List<String> places, double first, double step) {
        int longest = places.stream().mapToInt(String::length).max().orElse(1);
        int every = Math.max(1, (int) Math.ceil((longest * 6.5 + 24) / step));
        for (int at = 0; at < places.size(); at += every) {
            double x = first + step * at;
            svg.text(x, FLOOR + 18, x > WIDTH - longest * 3.5 ? Anchor.END : Anchor.MIDDLE, places.get(at));
        }
    }

    private static int legendRows(List<Grid.Series> shown) {
        return shown.size() < 2 ? 0 : (shown.size() + 3) / 4;
    }

    private static void drawLegend(Svg svg, List<Grid.Series> shown, String metric) {
        for (int i = 0; i < shown.size() && shown.size() > 1; i++) {
            double x = LEFT + (i % 4) * 224;
            int line = i / 4;
            double y = FLOOR + 38 + LEGEND * line;
            svg.rect(new Box(x, y, 11, 11), shown.get(i).isRest() ? REST : colour(i));
            svg.text(
                    x + 18,
                    y + 10,
                    Anchor.START,
                    shown.get(i).name() + "  " + written(metric, shown.get(i).last()));
        }
    }

    /** Where numbers stand above the floor. */
    private record Scale(double step, int lines) {

        Scale(double most) {
            this(Numbers.step(most), (int) Math.max(1, Math.ceil(most / Numbers.step(most))));
        }

        double y(double number) {
            return FLOOR - (FLOOR - TOP - 8) * Math.max(number, 0) / (step * lines);
        }

        void drawGrid(Svg svg, String metric) {
            for (int line = 0; line <= lines; line++) {
                double y = y(step * line);
                svg.rule(LEFT, y, WIDTH - RIGHT, y);
                svg.text(LEFT - 8, y + 4, Anchor.END, written(metric, step * line));
            }
        }
    }
}
