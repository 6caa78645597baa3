package org.usagestats.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.usagestats.api.Note.note;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.usagestats.api.UsageStats;
import org.usagestats.core.UploadSchedule;
import org.usagestats.core.UsageStatsClient;
import org.usagestats.testkit.ArrivedRequest;
import org.usagestats.testkit.LoopbackCollector;
import org.usagestats.testkit.ScriptedAnswer;

/** What becomes of waiting reports, and of the next attempt, by what answers at the drop point. */
class AnswersTest {

    private static final Duration AMPLE = Duration.ofSeconds(60);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);

    @TempDir
    private Path directory;

    private LoopbackCollector collector;
    private UsageStats stats;

    @BeforeEach
    void open() throws Exception {
        collector = LoopbackCollector.open();
        stats = client(UploadSchedule.atMostEvery(DAY));
        stats.submit(note("what", "Begins the day, so that nothing more is due before the test delivers"));
        stats.enableReporting();
        assertThat(stats.deliver(AMPLE).delivered()).isEqualTo(1);
    }

    @AfterEach
    void close() throws Exception {
        stats.close();
        collector.close();
    }

    @Test
    void aCaptivePortalGetsOneReportAndAllAreKept() {
        String page =
                "<!DOCTYPE html><html><body>Welcome! Please accept our terms. Your session is stored</body></html>";
        ScriptedAnswer portal = ScriptedAnswer.of(200, page, "Content-Type: text/html", "Set-Cookie: session=stored");

        assertThatAllAreKeptAfterOneRequest(portal);
        assertThatAllArriveIfTheCollectorAnswers(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void aRedirectIsNotFollowed(int status) throws Exception {
        try (LoopbackCollector elsewhere = LoopbackCollector.open()) {
            assertThatAllAreKeptAfterOneRequest(
                    ScriptedAnswer.of(status, "stored", "Location: " + elsewhere.dropPoint()));
            assertThat(elsewhere.connections()).isZero();
        }
        assertThatAllArriveIfTheCollectorAnswers(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void aCollectorThatRefusesEverythingForDaysIsAskedRarelyAndLosesNothing(int status) throws Exception {
        submit(10);
        collector.answerAlways(ScriptedAnswer.of(status, "no", "WWW-Authenticate: Basic realm=\"here\""));
        for (int attempt = 1; attempt <= 20; attempt++) {
            int before = received().size();

            assertThat(stats.deliver(AMPLE).remaining()).isEqualTo(10);

            assertThat(received()).hasSize(before + 2);
            assertThat(untilNextAttempt()).isBetween(HOUR.minusMinutes(1), DAY);
        }
        assertThatASubmitAsksNobody();
        assertThatAllArriveIfTheCollectorAnswers(11);
    }

    @Test
    void aPoisonedReportThatTheCollectorNamesIsSetAsideAmongAHundredGoodOnes() {
        submit(101);
        answerNumber(50, ScriptedAnswer.rejected(400, "poisoned"));

        assertThat(stats.deliver(AMPLE).delivered()).isEqualTo(100);

        assertThat(stats.pending()).isEmpty();
        assertThat(arrivals())
                .containsOnlyKeys(numbers(101))
                .allSatisfy((number, times) -> assertThat(times).isEqualTo(1));
        assertThat(directory.resolve("stats/damaged").toFile().list()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404, 500, 502})
    void aPoisonedReportThatNobodyNamesWaitsAndStopsNoneOfAHundredGoodOnes(int status) {
        submit(101);
        answerNumber(50, ScriptedAnswer.of(status, "broken"));

        assertThat(stats.deliver(AMPLE).delivered()).isEqualTo(100);

        assertThat(stats.pending()).hasSize(1);
        assertThat(stats.pending().get(0).text()).contains("\nnumber:50\n");
        assertThat(arrivals()).containsOnlyKeys(numbers(101));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-1",
                "0",
                "-99999999999",
                "99999999999999999999",
                "9223372036854775807",
                "1e12",
                "soon",
                "",
                ";,=",
                "Thu, 01 Jan 1970 00:00:00 GMT",
                "Fri, 31 Dec 9999 23:59:59 GMT",
                "Mon, 30 Feb 2026 00:00:00 GMT"
            })
    void nonsenseInRetryAfterNeverDelaysForLongerThanADay(String retryAfter) throws Exception {
        submit(3);
        collector.answerAlways(ScriptedAnswer.of(429, "busy", "Retry-After: " + retryAfter));

        assertThat(stats.deliver(AMPLE).remaining()).isEqualTo(3);

        assertThat(received()).hasSize(1);
        assertThat(untilNextAttempt()).isLessThanOrEqualTo(DAY);
        assertThatAllArriveIfTheCollectorAnswers(3);
    }

    @Test
    void aLongWaitThatTheCollectorAskedForIsADayAtMost() throws Exception {
        submit(1);
        collector.answerAlways(ScriptedAnswer.of(503, "busy", "Retry-After: 9999999999"));

        stats.deliver(AMPLE);

        assertThat(untilNextAttempt()).isBetween(DAY.minusMinutes(1), DAY);
        assertThatASubmitAsksNobody();
    }

    @Test
    void anAnswerWhoseBodyDoesNotEndIsNone() {
        assertThatAllAreKeptAfterOneRequest(ScriptedAnswer.endless());
        assertThatAllArriveIfTheCollectorAnswers(3);
    }

    @Test
    void anAnswerWhoseHeadersDoNotEndIsNone() {
        assertThatAllAreKeptAfterOneRequest(repeated("HTTP/1.1 200 OK\r\n", "X-Header: " + "x".repeat(1000) + "\r\n"));
        assertThatAllArriveIfTheCollectorAnswers(3);
    }

    @Test
    void announcementsOfAnAnswerThatNeverComesAreNone() {
        assertThatAllAreKeptAfterOneRequest(repeated("", "HTTP/1.1 103 Early Hints\r\nX: y\r\n\r\n"));
        assertThatAllArriveIfTheCollectorAnswers(3);
    }

    private void assertThatAllAreKeptAfterOneRequest(ScriptedAnswer answer) {
        submit(3);
        collector.answerAlways(answer);

        assertThat(stats.deliver(AMPLE).delivered()).isZero();

        assertThat(stats.pending()).hasSize(3);
        assertThat(received()).hasSize(1);
    }

    private void assertThatAllArriveIfTheCollectorAnswers(int count) {
        collector.answerAlways(ScriptedAnswer.stored());

        assertThat(stats.deliver(AMPLE).delivered()).isEqualTo(count);
    }

    /** A program that tries at each submit leaves alone a collector that answered. */
    private void assertThatASubmitAsksNobody() {
        int before = received().size();
        try (UsageStats eager = client(UploadSchedule.everySubmit())) {
            eager.submit(note("number", 999));
        }
        assertThat(received()).hasSize(before);
    }

    private UsageStats client(UploadSchedule schedule) {
        return UsageStatsClient.builder("answers", "1.0")
                .location(directory.resolve("stats"))
                .dropPoint(collector.dropPoint())
                .uploads(schedule)
                .waitAtClose(Duration.ofSeconds(10))
                .open();
    }

    /** Submits reports that nobody delivers before the test does. */
    private void submit(int count) {
        for (int number = 0; number < count; number++) {
            stats.submit(note("number", number));
        }
    }

    private void answerNumber(int number, ScriptedAnswer poisoned) {
        collector.answerAlways((request, out) -> {
            boolean isPoisoned = request.text().contains("\nnumber:" + number + "\n");
            (isPoisoned ? poisoned : ScriptedAnswer.stored()).answer(request, out);
        });
    }

    private List<ArrivedRequest> received() {
        List<ArrivedRequest> all = collector.received();
        return all.subList(1, all.size());
    }

    private Map<Integer, Integer> arrivals() {
        Map<Integer, Integer> arrivals = new TreeMap<>();
        for (ArrivedRequest request : received()) {
            String number = request.text().replaceAll("(?s).*\nnumber:(\\d+)\n.*", "$1");
            arrivals.merge(Integer.valueOf(number), 1, Integer::sum);
        }
        return arrivals;
    }

    private static Integer[] numbers(int count) {
        return IntStream.range(0, count).boxed().toArray(Integer[]::new);
    }

    private Duration untilNextAttempt() throws Exception {
        List<String> lines = Files.readAllLines(directory.resolve("stats/drain"));
        String retry = lines.stream()
                .filter(line -> line.startsWith("retry:"))
                .findFirst()
                .orElseThrow();
        return Duration.ofMillis(Long.parseLong(retry.substring("retry:".length())) - System.currentTimeMillis());
    }

    private static ScriptedAnswer repeated(String start, String piece) {
        return (request, out) -> {
            out.write(start.getBytes(StandardCharsets.US_ASCII));
            while (!Thread.interrupted()) {
                out.write(piece.getBytes(StandardCharsets.US_ASCII));
            }
        };
    }
}
