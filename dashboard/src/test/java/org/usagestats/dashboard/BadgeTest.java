package org.usagestats.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.usagestats.dashboard.Answers.SHARE;
import static org.usagestats.dashboard.Answers.SYSTEMS;
import static org.usagestats.dashboard.Answers.TOTAL;
import static org.usagestats.dashboard.Answers.answer;
import static org.usagestats.dashboard.Answers.row;

import org.junit.jupiter.api.Test;

class BadgeTest {

    @Test
    void aTotalIsReadable() {
        assertThat(Badge.of("users", TOTAL, answer(TOTAL, row(12_345L)))).isEqualTo(new Badge("users", "12.3 k"));
        assertThat(Badge.of("share", SHARE, answer(SHARE, row(0.0512)))).isEqualTo(new Badge("share", "5.1 %"));
    }

    @Test
    void withADimensionItIsTheFirstValue() {
        assertThat(Badge.of("system", SYSTEMS, answer(SYSTEMS, row(5L, "Linux"), row(4L, "Haiku"))))
                .isEqualTo(new Badge("system", "Linux"));
        assertThat(Badge.of("system", SYSTEMS, answer(SYSTEMS, row(5L, "*")))).isEqualTo(new Badge("system", "none"));
        assertThat(Badge.of("system", SYSTEMS, answer(SYSTEMS))).isEqualTo(new Badge("system", "none"));
    }

    @Test
    void itIsASmallPictureWhoseTextIsEscaped() {
        String picture = new Badge("<b>", "\"&\"").draw();
        assertThat(picture)
                .startsWith("<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" width=\"")
                .contains("height=\"20\"")
                .contains("<title>&lt;b&gt;: &quot;&amp;&quot;</title>")
                .endsWith("</svg>\n");
    }

    @Test
    void whatIsTooLongIsCut() {
        assertThat(new Badge("x".repeat(1000), "y").label()).isEqualTo("x".repeat(59) + "…");
    }
}
