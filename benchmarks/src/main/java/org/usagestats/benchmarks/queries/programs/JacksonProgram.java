package org.usagestats.benchmarks.queries.programs;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.usagestats.benchmarks.queries.Question;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** A scan of a file by Jackson's streaming parser, on one thread. */
public final class JacksonProgram {

    private JacksonProgram() {}

    /**
     * Answers questions.
     *
     * @param args the file
     * @throws Exception if it cannot be read
     */
    public static void main(String[] args) throws Exception {
        Path file = Path.of(args[0]);
        Interview.hold(question -> answer(file, question));
    }

    private static List<String> answer(Path file, Question question) throws Exception {
        Map<String, long[]> counts = new HashMap<>();
        Map<String, Set<String>> users = new HashMap<>();
        scan(file, report -> {
            switch (question) {
                case ONE_KEY -> counts.computeIfAbsent(report.command, first -> new long[1])[0]++;
                case TWO_KEYS ->
                    counts.computeIfAbsent(report.command + "\t" + report.country, first -> new long[1])[0]++;
                case USERS_BY_DAY ->
                    users.computeIfAbsent(report.time.substring(0, 10), first -> new HashSet<>())
                            .add(report.user);
                case MEDIAN, WHO_STAYS -> throw new IllegalArgumentException("no parser answers " + question);
                case FILTERED -> {
                    if (report.country.equals(Question.COUNTRY)) {
                        counts.computeIfAbsent(report.command, first -> new long[1])[0]++;
                    }
                }
            }
        });
        users.forEach((day, those) -> counts.put(day, new long[] {those.size()}));
        return counts.entrySet().stream()
                .map(entry -> entry.getKey() + "\t" + entry.getValue()[0])
                .toList();
    }

    /** The fields of a report that questions ask for. */
    static final class Report {
        String time = "";
        String user = "";
        String command = "";
        String country = "";
    }

    /** Takes reports; it must not keep them. */
    interface Taker {
        void take(Report report);
    }

    static void scan(Path file, Taker taker) throws Exception {
        try (InputStream in = Files.newInputStream(file);
                JsonParser parser = new JsonFactory().createParser(ObjectReadContext.empty(), in)) {
            Report report = new Report();
            while (parser.nextToken() != null) {
                read(parser, report);
                taker.take(report);
            }
        }
    }

    private static void read(JsonParser parser, Report report) {
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            switch (name) {
                case "server_time" -> report.time = parser.getString();
                case "user" -> report.user = parser.getString();
                case "command" -> report.command = parser.getString();
                case "country" -> report.country = parser.getString();
                default -> parser.skipChildren();
            }
        }
    }
}
