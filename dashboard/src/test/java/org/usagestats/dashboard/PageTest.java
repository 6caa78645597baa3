package org.usagestats.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageTest {

    private static final Page PAGE = Page.load();
    private static final List<String> LOADED = List.of(
            Page.INDEX,
            "page.css",
            "page.js",
            "view.js",
            "cards.js",
            "glance.js",
            "words.js",
            "collector.js",
            "curves.js",
            "marks.js",
            "icon.svg",
            "uPlot.js",
            "uPlot.css");

    private static PageFile file(String name) {
        return PAGE.file(name).orElseThrow();
    }

    private static String text(String name) {
        return new String(file(name).content(), StandardCharsets.UTF_8);
    }

    private static List<String> all(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(MatchResult::group)
                .toList();
    }

    @Test
    void thePageWithAllItNeedsIsLessThan80KbOnTheWay() {
        assertThat(LOADED.stream()
                        .mapToInt(name -> file(name).compressed().length)
                        .sum())
                .isBetween(20_000, 80 * 1024);
    }

    @Test
    void bothFormsOfAFileAreTheSame() throws IOException {
        for (String name : LOADED) {
            byte[] inflated =
                    new GZIPInputStream(new ByteArrayInputStream(file(name).compressed())).readAllBytes();
            assertThat(inflated).isEqualTo(file(name).content()).isNotEmpty();
        }
    }

    @Test
    void everyFileHasAnotherTagAndItsMediaType() {
        assertThat(LOADED.stream().map(name -> file(name).tag()))
                .doesNotHaveDuplicates()
                .allMatch(tag -> tag.matches("W/\"[0-9a-f]{24}\""));
        assertThat(file("page.js").mediaType()).isEqualTo("text/javascript; charset=utf-8");
        assertThat(file("page.css").mediaType()).isEqualTo("text/css; charset=utf-8");
        assertThat(file(Page.INDEX).mediaType()).isEqualTo("text/html; charset=utf-8");
        assertThat(file("icon.svg").mediaType()).isEqualTo("image/svg+xml");
    }

    @Test
    void thereIsNoOtherFile() {
        assertThat(PAGE.file("Page.class")).isEmpty();
        assertThat(PAGE.file("../dashboard/page.js")).isEmpty();
        assertThat(PAGE.file("")).isEmpty();
    }

    @Test
    void whatThePageNamesIsThere() {
        List<String> named = all("(?<=\"ui/)[^\"]+", text(Page.INDEX));
        assertThat(named)
                .contains("page.js", "page.css", "uPlot.js", "uPlot.css")
                .allSatisfy(name -> assertThat(PAGE.file(name)).isPresent());
        for (String script : List.of(
                "page.js", "view.js", "cards.js", "glance.js", "curves.js", "marks.js", "collector.js", "words.js")) {
            assertThat(all("(?<=from '\\./)[^']+", text(script)))
                    .allSatisfy(name -> assertThat(PAGE.file(name)).isPresent());
        }
    }

    @Test
    void theMarkupHasNoScriptNoStyleAndNoOtherHost() {
        assertThat(all("<script(?![^>]* src=)|<style|\\son\\w+=|\\sstyle=|javascript:", text(Page.INDEX)))
                .isEmpty();
        for (String name : LOADED) {
            assertThat(all("https?://[^\\s\"')]+", text(name)))
                    .as(name)
                    .allMatch(address -> address.startsWith("http://www.w3.org/")
                            || address.startsWith("https://github.com/leeoniya"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "page.js",
                "view.js",
                "cards.js",
                "glance.js",
                "curves.js",
                "marks.js",
                "collector.js",
                "words.js"
            })
    void ourScriptsMakeElementsOutOfTextOnly(String script) {
        assertThat(all(
                        "innerHTML|outerHTML|insertAdjacentHTML|document\\.write|\\beval\\b|new Function|setAttribute\\('style",
                        text(script)))
                .isEmpty();
    }

    @Test
    void thePolicyAllowsNothingInline() {
        assertThat(Page.POLICY)
                .startsWith("default-src 'none'")
                .doesNotContain("unsafe")
                .doesNotContain("*");
    }
}
