package org.usagestats.benchmarks.queries;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usagestats.sink.Durability;
import org.usagestats.sink.QueryLimits;
import org.usagestats.sink.QueryResult;
import org.usagestats.sink.SinkConfig;
import org.usagestats.sink.jsonl.JsonlSinkProvider;

class DatasetTest {

    private static final int REPORTS = 3000;

    @TempDir
    static Path directory;

    private static Dataset dataset;

    @BeforeAll
    static void makeItUp() throws Exception {
        dataset = Dataset.in(directory, REPORTS);
    }

    @Test
    void the_log_and_the_file_give_the_same_answers() throws Exception {
        for (Question question : Question.values()) {
            List<QueryResult.Row> rows = answer(dataset.log(), question).rows();
            assertThat(rows)
                    .isEqualTo(answer(dataset.elsewhere(), question).rows())
                    .isNotEmpty();
        }
    }

    @Test
    void every_report_is_there_and_every_day() throws Exception {
        QueryResult days = answer(dataset.log(), Question.USERS_BY_DAY);
        assertThat(days.coverage().examined()).isEqualTo(REPORTS);
        assertThat(days.rows()).hasSize(MadeUpReports.DAYS);
    }

    @Test
    void reports_are_as_long_as_those_of_the_reference() throws Exception {
        assertThat(dataset.fileBytes() / REPORTS).isBetween(395L, 411L);
    }

    @Test
    void reports_have_17_fields() throws Exception {
        String line = Files.readAllLines(dataset.file()).get(0);
        assertThat(line.split("\":\"", -1)).hasSize(17 + 1);
    }

    @Test
    void what_is_there_is_used_again() throws Exception {
        Path before = Files.createFile(directory.resolve("before"));
        Dataset again = Dataset.in(directory, REPORTS);
        assertThat(Files.getLastModifiedTime(again.file())).isLessThanOrEqualTo(Files.getLastModifiedTime(before));
    }

    @Test
    void the_same_number_makes_the_same_reports() throws Exception {
        List<String> reports = new ArrayList<>();
        new MadeUpReports(10).forEach(report -> reports.add(new String(report.json(), StandardCharsets.UTF_8)));
        List<String> again = new ArrayList<>();
        new MadeUpReports(10).forEach(report -> again.add(new String(report.json(), StandardCharsets.UTF_8)));
        assertThat(again).isEqualTo(reports).doesNotHaveDuplicates().hasSize(10);
    }

    private static QueryResult answer(Path sink, Question question) throws Exception {
        SinkConfig config = new SinkConfig(sink.toString(), Durability.ALWAYS, "test", Map.of());
        return new JsonlSinkProvider().query(config, question.query(), QueryLimits.NONE);
    }
}
