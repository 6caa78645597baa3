package org.usagestats.demo;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DemoDataTest {

    private static final Instant END = Instant.parse("2026-11-22T15:30:00Z");

    private static List<String> made(long reports, long seed) throws IOException {
        StringWriter text = new StringWriter();
        new DemoData(reports, seed, END).writeTo(text);
        return text.toString().lines().toList();
    }

    private static String field(String line, String key) {
        Matcher value = Pattern.compile("\"" + key + "\":\"([^\"]*)\"").matcher(line);
        return value.find() ? value.group(1) : "";
    }

    private static OffsetDateTime received(String line) {
        return Instant.parse(field(line, "server_time")).atOffset(ZoneOffset.UTC);
    }

    private static double errors(List<String> year, String version) {
        List<String> exports = year.stream()
                .filter(line -> field(line, "version").equals(version)
                        && field(line, "command").equals("export"))
                .toList();
        return (double) exports.stream()
                        .filter(line -> field(line, "outcome").equals("error"))
                        .count()
                / exports.size();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 10, 999, 12_345})
    void asManyReportsAsAskedForInTheOrderOfTheirReceipt(long reports) throws IOException {
        List<String> year = made(reports, 1);
        assertThat(year).hasSize((int) reports);
        assertThat(year.stream().map(line -> field(line, "server_time"))).isSorted();
        assertThat(year).allSatisfy(line -> {
            assertThat(line).matches("\\{(\"[a-z_]+\":(\"[^\"\\\\]*\"|\\[\"[^\"]+\"(,\"[^\"]+\")+])(,|(?=})))+}");
            assertThat(field(line, "server_time"))
                    .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z")
                    .isLessThan(END.toString());
        });
    }

    @Test
    void theSameSeedMakesTheSameYearAndAnotherAnother() throws IOException {
        assertThat(made(2000, 7)).isEqualTo(made(2000, 7)).isNotEqualTo(made(2000, 8));
    }

    @Test
    void everyReportHasAnIdOfItsOwnAndTheKeysOfOurClient() throws IOException {
        List<String> year = made(5000, 1);
        assertThat(year.stream().map(line -> field(line, "report_id"))).doesNotHaveDuplicates();
        for (String key : List.of("user", "version", "program", "date", "system", "architecture", "session_time")) {
            assertThat(year).allSatisfy(line -> assertThat(field(line, key)).isNotEmpty());
        }
        assertThat(year)
                .allSatisfy(line -> assertThat(field(line, "java")).matches("\\d\\d;0;\\d+;[^;]+"))
                .anySatisfy(line -> assertThat(line).contains("\"feature\":["));
    }

    @Test
    void theBugIsInOneVersionOnly() throws IOException {
        List<String> year = made(60_000, 1);
        assertThat(errors(year, "2.2.0")).isCloseTo(0.38, within(0.08));
        assertThat(errors(year, "2.1.0")).isLessThan(0.06);
        assertThat(errors(year, "2.2.1")).isLessThan(0.06);
    }

    @Test
    void usersGrowInNumberAndRestOnSundays() throws IOException {
        List<String> year = made(60_000, 1);
        Map<Integer, Long> months =
                year.stream().collect(groupingBy(line -> received(line).getMonthValue(), counting()));
        assertThat(months.get(10)).isGreaterThan(2 * months.get(1));
        Map<DayOfWeek, Long> days =
                year.stream().collect(groupingBy(line -> received(line).getDayOfWeek(), counting()));
        assertThat(days.get(DayOfWeek.TUESDAY)).isGreaterThan(days.get(DayOfWeek.SUNDAY) * 4 / 3);
    }

    @Test
    void theNewestReleaseIsTakenUpAndTheOldestLingers() throws IOException {
        List<String> lastWeek = made(60_000, 1).stream()
                .filter(line -> received(line).toInstant().isAfter(END.minusSeconds(7 * 86_400)))
                .toList();
        assertThat(lastWeek.stream()
                        .filter(line -> field(line, "version").equals("2.4.0"))
                        .count())
                .isGreaterThan(lastWeek.size() / 3);
        assertThat(lastWeek)
                .anySatisfy(line -> assertThat(field(line, "version")).startsWith("1."));
    }

    @Test
    void theCommandWritesAFile(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("year.jsonl");
        DemoData.main(new String[] {"12", file.toString(), "3", END.toString()});
        assertThat(Files.readAllLines(file)).isEqualTo(made(12, 3));
    }

    @Test
    void fewerThanNoReportsAreRefused() {
        assertThatThrownBy(() -> new DemoData(-1, 1, END))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the number of reports is at least 0, not -1");
    }
}
