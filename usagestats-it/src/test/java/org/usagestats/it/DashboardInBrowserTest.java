package org.usagestats.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.Writer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usagestats.demo.DemoData;

/** The dashboard in a real browser, before a collector with a made-up year. Skipped where there is no Chromium. */
class DashboardInBrowserTest {

    private static final long REPORTS = 3000;
    private static final List<String> CHARTS = List.of("users", "versions", "java", "systems", "sessions", "retention");

    /** Compares each row of each chart's table with the answer to the chart's own question. */
    private static final String DIFFERENCES = """
            (async () => {
              const plain = text => text.replaceAll(',', '');
              const differences = [];
              for (const card of document.querySelectorAll('.card:not(#health)')) {
                const link = [...card.querySelectorAll('.links a')].find(a => a.textContent === 'Question');
                const answer = await (await fetch(link.href)).json();
                const cells = [...card.querySelectorAll('.table tbody tr')].map(row => [...row.cells].map(cell => plain(cell.textContent)));
                const wanted = answer.rows.slice(0, 500).map(row => row.map(value => value?.other ? 'Other' : plain(String(value))));
                if (JSON.stringify(cells) !== JSON.stringify(wanted)) {
                  differences.push(card.id + ': ' + JSON.stringify(cells).slice(0, 300) + ' / ' + JSON.stringify(wanted).slice(0, 300));
                }
              }
              return differences;
            })()""";

    /** Keeps what the page asks from the collector until the test lets it go. */
    private static final String HOLD_QUESTIONS = """
            const ask = window.fetch, held = [];
            window.fetch = (...question) => new Promise(go => held.push(() => go(ask(...question))));
            window.letGo = () => {
              window.fetch = ask;
              held.forEach(go => go());
            };""";

    @TempDir
    private static Path folder;

    private static RunningCollector collector;
    private static Browser browser;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(Browser.installed().isPresent(), "there is no Chromium on this machine");
        Path year = folder.resolve("year.jsonl");
        try (Writer out = Files.newBufferedWriter(year)) {
            new DemoData(REPORTS, 1, Instant.now()).writeTo(out);
        }
        String sink = "jsonl:" + folder.resolve("reports");
        try (Command.Running imported = Command.of(
                        Built.SERVER_DIST.resolve("bin/usagestats-server").toString(), "import", sink, year.toString())
                .start()) {
            assertThat(imported.end().status()).isZero();
        }
        collector = RunningCollector.start(
                sink, "--charts", Built.ROOT.resolve("demo-data/charts.json").toString());
        browser = Browser.start(folder);
    }

    @AfterAll
    static void stop() throws Exception {
        if (browser != null) {
            browser.close();
        }
        if (collector != null) {
            collector.close();
        }
    }

    @BeforeEach
    void setWindow() {
        browser.setWindow(1440, 900, "light");
    }

    private static long number(String question, int metric) throws Exception {
        Map<?, ?> answer = (Map<?, ?>) Json.read(collector.get("/v1/query?" + question));
        List<?> row = (List<?>) ((List<?>) answer.get("rows")).get(0);
        return ((Number) row.get(metric)).longValue();
    }

    private static void complainsOfNothing() {
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void everyChartIsDrawn() throws Exception {
        browser.open(collector.url());
        for (String chart : CHARTS) {
            assertThat(browser.evaluate("document.querySelectorAll('#" + chart
                            + " canvas, #" + chart + " .bars li, #" + chart + " .drawing rect, #" + chart
                            + " .triangle td').length"))
                    .as(chart)
                    .isNotEqualTo(0L);
        }
        assertThat(browser.evaluate("document.querySelectorAll('.card').length"))
                .isEqualTo(CHARTS.size() + 4L);
        assertThat(browser.evaluate("document.querySelectorAll('.says').length"))
                .isEqualTo(0L);
        assertThat(browser.evaluate("[...document.querySelectorAll('#users canvas')].every(c => c.getContext('2d')"
                        + ".getImageData(0, 0, c.width, c.height).data.some(n => n !== 0))"))
                .isEqualTo(true);
        complainsOfNothing();
    }

    @Test
    void beforeTheFirstAnswerThereIsAnOutlineAndThenAWordOfWhy() throws Exception {
        browser.openWith(HOLD_QUESTIONS, collector.url());
        browser.awaitTrue("document.querySelectorAll('.card .waiting').length === " + CHARTS.size()
                + " && document.querySelectorAll('.tile .waiting').length === 5");
        assertThat(browser.evaluate("document.querySelector('.stale')")).isNull();
        browser.awaitTrue("performance.getEntriesByName('first-contentful-paint').length === 1");
        browser.awaitTrue("document.querySelector('#about').textContent.startsWith('The collector is counting.')");

        browser.evaluate("window.letGo()");
        browser.awaitShown();
        assertThat(browser.text("#about")).contains(" reports in the last 12 months.");
        assertThat(browser.evaluate("document.querySelectorAll('.card').length"))
                .isEqualTo(CHARTS.size() + 4L);
        complainsOfNothing();
    }

    @Test
    void itsNumbersAreThoseOfTheCollector() throws Exception {
        browser.open(collector.url());
        assertThat((List<?>) browser.evaluate(DIFFERENCES)).isEmpty();
        assertThat(
                        browser.evaluate(
                                "[...document.querySelectorAll('.table')].every(table => table.querySelector('tbody tr') !== null)"))
                .isEqualTo(true);
        assertThat(browser.text("#about"))
                .startsWith(String.format(
                        Locale.ROOT,
                        "%,d users sent %,d reports",
                        number("metrics=distinct(user)&period=12mo", 0),
                        number("metrics=count&period=12mo", 0)));
        complainsOfNothing();
    }

    @Test
    void aClickOnABarNarrowsEveryChart() throws Exception {
        browser.open(collector.url());
        String version = browser.text("#java .bars button .name").replace("Java ", "");
        browser.click("#java .bars button");
        browser.awaitTrue("document.querySelector('#chips button') !== null");
        browser.awaitShown();
        long users = number("metrics=distinct(user)&period=12mo&f.part(java,1)=eq." + version, 0);
        assertThat(browser.text("#about b").replace(",", "")).startsWith(users + " user");
        assertThat(browser.text("#chips button")).isEqualTo("Java: " + version);
        assertThat(browser.evaluate("new URLSearchParams(location.search).get('f.part(java,1)')"))
                .isEqualTo("eq." + version);
        assertThat((List<?>) browser.evaluate(DIFFERENCES)).isEmpty();

        browser.evaluate("history.back()");
        browser.awaitTrue("document.querySelector('#chips button') === null");
        browser.awaitShown();
        complainsOfNothing();
    }

    @Test
    void theKeyboardFiltersAndTakesTheFilterBack() throws Exception {
        browser.open(collector.url());
        browser.press("Tab");
        assertThat(browser.evaluate("document.activeElement.className")).isEqualTo("skip");
        browser.press("Enter");
        browser.awaitTrue("document.activeElement.id === 'charts'");
        for (int tabs = 0;
                tabs < 60
                        && !Boolean.TRUE.equals(
                                browser.evaluate("document.activeElement.matches('#systems .bars button')"));
                tabs++) {
            browser.press("Tab");
        }
        String name = (String) browser.evaluate("document.activeElement.querySelector('.name').textContent");
        browser.press("Enter");
        browser.awaitTrue("document.querySelector('#chips button') !== null");
        browser.awaitShown();
        assertThat(browser.text("#chips button")).isEqualTo("System: " + name);
        browser.evaluate("document.querySelector('#chips button').focus()");
        browser.press("Enter");
        browser.awaitTrue("document.querySelector('#chips button') === null && location.search === ''");
        browser.awaitShown();
        complainsOfNothing();
    }

    @Test
    void theArrowKeysReadALine() throws Exception {
        browser.open(collector.url());
        browser.awaitTrue("document.querySelector('#users .u-over') !== null");
        String last = browser.text("#users .readout");
        browser.evaluate("document.querySelector('#users .plot').focus()");
        browser.press("Home");
        browser.awaitTrue("document.querySelector('#users .readout').textContent !== " + Json.quoted(last));
        assertThat(browser.text("#users .readout")).startsWith("Week of ");
        complainsOfNothing();
    }

    @Test
    void periodsProgramsAndSharesStandInTheAddress() throws Exception {
        browser.open(collector.url().resolve("/?period=28d&program=paperboat&share=1&users=month"));
        assertThat(browser.text("[aria-label=Period] [aria-pressed=true]")).isEqualTo("28 days");
        assertThat(browser.text(".menu summary")).isEqualTo("paperboat");
        assertThat(browser.text("#versions [aria-pressed=true]")).isEqualTo("100 %");
        assertThat(browser.text("#users [aria-pressed=true]")).isEqualTo("Month");
        browser.click("[aria-label=Period] button");
        browser.awaitTrue("location.search.includes('period=7d')");
        browser.awaitShown();
        complainsOfNothing();
    }

    @Test
    void itFitsAPhoneAndTheNight() throws Exception {
        browser.setWindow(390, 844, "dark");
        browser.open(collector.url());
        assertThat((Long) browser.evaluate("document.documentElement.scrollWidth"))
                .isLessThanOrEqualTo(390L);
        assertThat(browser.evaluate("getComputedStyle(document.body).backgroundColor"))
                .isEqualTo("rgb(16, 20, 27)");
        complainsOfNothing();
    }

    @Test
    void withoutScriptThereArePictures() throws Exception {
        browser.setScript("true");
        try {
            browser.open(collector.url());
            browser.awaitTrue(
                    "[...document.querySelectorAll('noscript img')].length === 5"
                            + " && [...document.querySelectorAll('noscript img')].every(img => img.complete && img.naturalWidth > 0)");
        } finally {
            browser.setScript("false");
        }
    }

    @Test
    void whatReportsSayIsShownAsText(@TempDir Path other) throws Exception {
        String hostile = "<img src=x onerror=\"window.hacked=1\"></script><script>window.hacked=1</script>";
        try (RunningCollector attacked = RunningCollector.start(
                "jsonl:" + other,
                "--charts",
                Built.ROOT.resolve("demo-data/charts.json").toString())) {
            for (String text : List.of(
                    hostile,
                    "\u202eltr",
                    "__proto__",
                    "constructor",
                    "\u0000\u0007",
                    "k".repeat(200_000),
                    "'\"`${1}",
                    "a,b)(")) {
                String report =
                        "date:" + Instant.now().getEpochSecond() + ".000\nuser:" + text.length() + "\nversion:" + text
                                + "\nprogram:" + text + "\njava:" + text + "\nsystem:" + text + "\narchitecture:" + text
                                + "\nfeature:" + text + "\ncommand:" + text + "\nsession_time:" + text + "\n"
                                + text.replace(":", "") + ":1\n";
                HttpRequest post = HttpRequest.newBuilder(attacked.url())
                        .POST(BodyPublishers.ofString(report))
                        .build();
                assertThat(HttpClient.newHttpClient()
                                .send(post, BodyHandlers.ofString())
                                .statusCode())
                        .isIn(200, 400, 403);
            }
            browser.setWindow(390, 844, "light");
            browser.open(attacked.url());
            assertThat(browser.evaluate("typeof window.hacked")).isEqualTo("undefined");
            assertThat(browser.text("#java .bars")).contains("<img src=x onerror=");
            assertThat(browser.evaluate("document.querySelectorAll('main img').length"))
                    .isEqualTo(0L);
            assertThat((Long) browser.evaluate("document.documentElement.scrollWidth"))
                    .isLessThanOrEqualTo(390L);
            complainsOfNothing();
        }
    }

    @Test
    void aViewOfNothingSaysHowToLeaveIt() throws Exception {
        browser.open(collector.url().resolve("/?f.command=eq.nothing"));
        assertThat(browser.text(".welcome h2")).isEqualTo("Nothing to see in this view");
        browser.click(".welcome button");
        browser.awaitTrue("location.search === '' && document.querySelector('.card') !== null");
        browser.awaitShown();
        complainsOfNothing();
    }

    @Test
    void anEmptyCollectorSaysWhatToDo(@TempDir Path empty) throws Exception {
        try (RunningCollector fresh = RunningCollector.start("jsonl:" + empty)) {
            browser.open(fresh.url());
            assertThat(browser.text(".welcome h2")).isEqualTo("Waiting for the first report");
            assertThat(browser.text(".welcome code"))
                    .contains(URI.create("/").resolve(fresh.url()).toString());
            complainsOfNothing();
        }
    }

    @Test
    void aYoungCollectorShowsFourWeeksUntilAskedForMore(@TempDir Path young) throws Exception {
        try (RunningCollector fresh = RunningCollector.start("jsonl:" + young)) {
            String report = "date:" + Instant.now().getEpochSecond() + ".000\nversion:1.0\nprogram:new\n";
            HttpRequest post = HttpRequest.newBuilder(fresh.url())
                    .POST(BodyPublishers.ofString(report))
                    .build();
            assertThat(HttpClient.newHttpClient()
                            .send(post, BodyHandlers.ofString())
                            .body())
                    .isEqualTo("stored");
            browser.open(fresh.url());
            assertThat(browser.text("#about")).isEqualTo("1 report came in the last 28 days.");
            assertThat(browser.text("[aria-label=Period] [aria-pressed=true]")).isEqualTo("28 days");
            browser.click("[aria-label=Period] button:nth-of-type(4)");
            browser.awaitTrue("location.search === '?period=12mo'");
            browser.awaitShown();
            assertThat(browser.text("#about")).endsWith("in the last 12 months.");
            complainsOfNothing();
        }
    }
}
