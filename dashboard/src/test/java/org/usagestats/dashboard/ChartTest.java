package org.usagestats.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.usagestats.dashboard.Answers.SESSIONS;
import static org.usagestats.dashboard.Answers.SYSTEMS;
import static org.usagestats.dashboard.Answers.TOTAL;
import static org.usagestats.dashboard.Answers.VERSIONS;
import static org.usagestats.dashboard.Answers.WEEKS;
import static org.usagestats.dashboard.Answers.answer;
import static org.usagestats.dashboard.Answers.row;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.usagestats.sink.Query;
import org.usagestats.sink.QueryResult;

/** Compares pictures with those that were looked at: {@code -Dusagestats.pictures=write} takes new ones, to look at again. */
class ChartTest {

    private static final Path PICTURES = Path.of("src/test/resources/pictures");

    private static void isAsLookedAt(String name, String picture) throws IOException {
        Path file = PICTURES.resolve(name + ".svg");
        if ("write".equals(System.getProperty("usagestats.pictures"))) {
            Files.createDirectories(PICTURES);
            Files.writeString(file, picture);
        }
        assertThat(picture).isEqualTo(Files.readString(file));
    }

    private static String drawn(Mark mark, Query query, QueryResult result) {
        return new Chart("A picture", mark, Theme.LIGHT).draw(query, result);
    }

    @Test
    void aLineOverTimeWithAGap() throws IOException {
        isAsLookedAt(
                "line",
                drawn(
                        Mark.LINE,
                        WEEKS,
                        answer(
                                WEEKS,
                                row(812L, "2026-10-26"),
                                row(1024L, "2026-11-02"),
                                row(Double.NaN, "2026-11-09"),
                                row(1337L, "2026-11-16"))));
    }

    @Test
    void areasOnTopOfEachOtherWithTheRestHatched() throws IOException {
        isAsLookedAt(
                "area",
                drawn(
                        Mark.AREA,
                        VERSIONS,
                        answer(
                                VERSIONS,
                                row(700L, "2026-11-02", "2.3"),
                                row(41L, "2026-11-02", "*"),
                                row(120L, "2026-11-09", "2.4"),
                                row(610L, "2026-11-09", "2.3"),
                                row(40L, "2026-11-09", "*"),
                                row(500L, "2026-11-16", "2.4"),
                                row(300L, "2026-11-16", "2.3"))));
    }

    @Test
    void aBarForEachRow() throws IOException {
        isAsLookedAt(
                "bars",
                drawn(
                        Mark.BARS,
                        SYSTEMS,
                        answer(
                                SYSTEMS,
                                row(123_456L, "Linux"),
                                row(9_999L, "Windows 11"),
                                row(3L, ""),
                                row(80L, "*"))));
    }

    @Test
    void aHistogramInTheOrderOfItsNumbers() throws IOException {
        isAsLookedAt(
                "histogram",
                drawn(
                        Mark.HISTOGRAM,
                        SESSIONS,
                        answer(SESSIONS, row(70L, "16"), row(30L, "2"), row(5L, "128"), row(12L, "0"))));
    }

    @Test
    void nothingToDrawIsSaid() throws IOException {
        isAsLookedAt("empty", drawn(Mark.AREA, VERSIONS, answer(VERSIONS)));
        assertThat(drawn(Mark.LINE, WEEKS, answer(WEEKS, row(Double.NaN, "2026-11-09"))))
                .contains("No reports");
    }

    @Test
    void aTotalIsABarOfItsOwn() {
        assertThat(drawn(Mark.BARS, TOTAL, answer(TOTAL, row(42L))))
                .contains(">distinct(user)<")
                .contains(">42<");
    }

    @Test
    void whatReportsSayIsTextAndNothingElse() {
        String hostile = "</text><script>alert(1)</script>\"'&\u202e\u0000";
        String picture = drawn(Mark.BARS, SYSTEMS, answer(SYSTEMS, row(1L, hostile)));
        assertThat(picture)
                .contains("&lt;script&gt;")
                .doesNotContain("<script")
                .doesNotContain("\u202e")
                .doesNotContain("\u0000");
    }

    @Test
    void theThemeIsTheColourOfTheText() {
        QueryResult result = answer(WEEKS, row(1L, "2026-11-09"));
        assertThat(new Chart("t", Mark.LINE, Theme.DARK).draw(WEEKS, result)).contains(" color=\"#e5e9f1\"");
        assertThat(new Chart("t", Mark.LINE, Theme.INHERITED).draw(WEEKS, result))
                .doesNotContain(" color=");
    }

    @Test
    void moreBarsThanFitAreCounted() {
        QueryResult.Row[] rows = new QueryResult.Row[43];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = row((long) (100 - i), "system " + i);
        }
        assertThat(drawn(Mark.BARS, SYSTEMS, answer(SYSTEMS, rows))).contains(">and 3 more<");
    }
}
