package org.usagestats.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.usagestats.dashboard.Mark;
import org.usagestats.query.QuestionException;
import org.usagestats.query.QuestionKind;
import org.usagestats.query.QuestionReader;
import org.usagestats.server.http.Json;
import org.usagestats.server.settings.Choice;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Reads the charts that an operator wants beside those that the dashboard has anyway. */
final class CustomCharts {

    private static final String FORM =
            "a JSON array of objects such as {\"title\": \"Features\", \"query\": \"group_by=feature\", \"mark\": \"bars\"}";
    private static final List<String> MEMBERS = List.of("title", "query", "mark");
    private static final int MOST_BYTES = 1 << 20;

    private CustomCharts() {}

    /**
     * Reads a file of charts.
     *
     * @return the charts for the page, as a JSON array
     * @throws IllegalArgumentException if the file is not as it should be, in one line that says what is allowed
     * @throws IOException if it cannot be read
     */
    static String read(Path file) throws IOException {
        if (Files.size(file) > MOST_BYTES) {
            throw new IllegalArgumentException("the charts in " + file + " have more than " + MOST_BYTES + " bytes");
        }
        List<String> charts = new ArrayList<>();
        try (JsonParser in = new JsonFactory()
                .createParser(ObjectReadContext.empty(), Files.readString(file, StandardCharsets.UTF_8))) {
            require(in.nextToken() == JsonToken.START_ARRAY, file, "it is " + FORM);
            while (in.nextToken() != JsonToken.END_ARRAY) {
                charts.add(Json.line(chart(in, file, charts.size() + 1)));
            }
        } catch (JacksonException notJson) {
            throw new IllegalArgumentException("the charts in " + file + " cannot be read: it is " + FORM, notJson);
        }
        return "[" + String.join(",", charts) + "]\n";
    }

    private static Map<String, String> chart(JsonParser in, Path file, int number) {
        Map<String, String> chart = new LinkedHashMap<>();
        require(in.currentToken() == JsonToken.START_OBJECT, file, "chart " + number + " is no object: it is " + FORM);
        while (in.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = in.currentName();
            require(
                    in.nextToken() == JsonToken.VALUE_STRING && MEMBERS.contains(name),
                    file,
                    "chart " + number + " has the strings title, query and mark, not \"" + name + "\"");
            chart.put(name, in.getString());
        }
        for (String name : MEMBERS) {
            require(chart.containsKey(name), file, "chart " + number + " has no " + name);
        }
        String mark = chart.getOrDefault("mark", "");
        require(
                Choice.of(Mark.class, mark).isPresent(),
                file,
                "the mark of chart " + number + " is one of " + Choice.words(Mark.class) + ", not \"" + mark + "\"");
        requireQuestion(chart.getOrDefault("query", ""), file, number);
        return chart;
    }

    private static void requireQuestion(String query, Path file, int number) {
        try {
            new QuestionReader(QuestionKind.QUERY, Instant.now()).fromAddress(query);
        } catch (QuestionException wrong) {
            throw new IllegalArgumentException(
                    "the charts in " + file + " cannot be drawn: the query of chart " + number + " is wrong: "
                            + String.valueOf(wrong.getMessage()).replace("\n", "; "),
                    wrong);
        }
    }

    private static void require(boolean right, Path file, String wrong) {
        if (!right) {
            throw new IllegalArgumentException("the charts in " + file + " cannot be drawn: " + wrong);
        }
    }
}
