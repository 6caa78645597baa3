package org.usagestats.benchmarks.queries;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.UUID;
import org.usagestats.sink.ReceivedReport;

/**
 * Reports of a program that does not exist, the earliest first: 17 fields with the collector's own, about 403 bytes each, from
 * 201 days, by 50,000 users a million reports. The same number makes the same reports.
 */
final class MadeUpReports {

    static final int DAYS = 201;

    /** The fields of which a table is kept in memory as columns, beside the day. */
    static final List<String> STRINGS = List.of(
            "user", "version", "program", "architecture", "distribution", "system", "java", "command", "country");

    static final int REPORTS_A_USER = 20;
    private static final long SEED = 6;
    private static final long FIRST = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();
    private static final long MILLIS_A_DAY = 86_400_000;
    private static final long MOST_DELAY = 3000;
    private static final int RELEASES = 24;
    private static final DateTimeFormatter TIME =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);

    private static final List<String> COMMANDS =
            List.of("build", "check", "test", "convert", "format", "publish", "import", "export", "serve", "clean");
    private static final List<String> COUNTRIES = List.of("US", Question.COUNTRY, "IN", "FR", "BR");
    private static final List<String> ARCHITECTURES = List.of("amd64", "aarch64", "x86");
    private static final List<String> DISTRIBUTIONS =
            List.of("debian 12", "ubuntu 24.04", "fedora 42", "arch", "alpine 3.22", "rhel 9.6", "opensuse 15.6");
    private static final List<String> SYSTEMS = List.of(
            "Linux;6.1.0", "Windows 11;10.0", "Linux;6.8.0", "Mac OS X;15.5", "Linux;6.14.4", "Windows 10;10.0");
    private static final List<String> JAVAS =
            List.of("21;0;7;Temurin", "17;0;15;Debian", "25;0;1;Temurin", "17;0;15;Amazon", "11;0;27;Azul");
    private static final List<String> LOCALES =
            List.of("en_US", "de_DE", "en_GB", "fr_FR", "pt_BR", "en_IN", "es_ES", "it_IT");
    private static final List<String> TERMINALS = List.of("xterm", "dumb", "screen", "none");
    private static final List<String> OUTCOMES = List.of("ok", "error", "cancelled");

    private final int reports;
    private final SplittableRandom random = new SplittableRandom(SEED);
    private final StringBuilder text = new StringBuilder(512);

    MadeUpReports(int reports) {
        this.reports = reports;
    }

    /** Takes reports in their order. */
    interface Taker {
        void take(ReceivedReport report) throws IOException;
    }

    void forEach(Taker taker) throws IOException {
        double step = (double) DAYS * MILLIS_A_DAY / reports;
        for (int report = 0; report < reports; report++) {
            long time = FIRST + (long) (step * (report + random.nextDouble()));
            taker.take(report(time));
        }
    }

    private ReceivedReport report(long time) {
        long user = (long) (square(random.nextDouble()) * Math.max(1, reports / REPORTS_A_USER));
        SplittableRandom ofUser = new SplittableRandom(user);
        text.setLength(0);
        add("date", seconds(time - random.nextLong(MOST_DELAY)));
        add("user", new UUID(version4(ofUser.nextLong()), variant(ofUser.nextLong())).toString());
        add("version", version((time - FIRST) / MILLIS_A_DAY));
        add("program", ofUser.nextInt(8) == 0 ? "cool-server" : "cool");
        add("architecture", one(ARCHITECTURES, ofUser));
        add("distribution", one(DISTRIBUTIONS, ofUser));
        add("system", one(SYSTEMS, ofUser));
        add("java", one(JAVAS, ofUser));
        add("command", one(COMMANDS, random));
        add("country", one(COUNTRIES, ofUser));
        add("lang", one(LOCALES, ofUser));
        add("tty", one(TERMINALS, ofUser));
        add("exit", one(OUTCOMES, random));
        add("session_time", seconds(1 + (long) (square(square(random.nextDouble())) * 600_000)));
        add("mode", "cli");
        byte[] fields = text.toString().getBytes(StandardCharsets.UTF_8);
        return ReceivedReport.json(fields, fields, Instant.ofEpochMilli(time))
                .id(new UUID(version4(random.nextLong()), variant(random.nextLong())))
                .build();
    }

    /** A release comes every week or so, and most have it soon. */
    private String version(long day) {
        long newest = 1 + day * RELEASES / DAYS;
        long release = Math.max(0, newest - (long) (square(random.nextDouble()) * 6));
        return "2." + release / 4 + "." + release % 4;
    }

    /** The earlier are drawn more often. */
    private static String one(List<String> all, SplittableRandom from) {
        return all.get((int) (square(from.nextDouble()) * all.size()));
    }

    private static double square(double value) {
        return value * value;
    }

    private static long version4(long bits) {
        return (bits & ~0xF000L) | 0x4000L;
    }

    private static long variant(long bits) {
        return (bits & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
    }

    /** None of the values needs an escape. */
    private void add(String key, String value) {
        text.append(text.isEmpty() ? "\"" : ",\"").append(key).append("\":\"");
        text.append(value).append('"');
    }

    private static String seconds(long millis) {
        String digits = Long.toString(1000 + millis % 1000);
        return millis / 1000 + "." + digits.substring(1);
    }

    /** The name of a day, by its number. */
    static String day(int number) {
        return TIME.format(Instant.ofEpochMilli(FIRST + number * MILLIS_A_DAY)).substring(0, 10);
    }
}
