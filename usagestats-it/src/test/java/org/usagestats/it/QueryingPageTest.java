package org.usagestats.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each question that the page shows is answered as printed, from the folder and by a collector. */
class QueryingPageTest {

    private static final String QUERY =
            "(?s)```sh\nbin/usagestats-server query jsonl:reports '([^\n]*)'\n```\n\n```text\n";

    @TempDir
    private Path directory;

    private Page page;
    private List<String> questions;
    private List<String> answers;

    @BeforeEach
    void importTheLog() throws Exception {
        page = Page.read("docs/querying.md");
        questions = page.find(QUERY);
        answers = page.blocks("text");
        Files.writeString(directory.resolve("log.jsonl"), page.blocks("json").get(0));
        run(page.blocks("sh").get(0));
    }

    @Test
    void theFolderAnswersTenQuestionsAndMore() throws Exception {
        assertThat(questions).hasSizeGreaterThan(10).hasSameSizeAs(answers);
        for (int i = 0; i < questions.size(); i++) {
            String line = "bin/usagestats-server query jsonl:reports '" + questions.get(i) + "'";
            assertThat(run(line + " --format table").out()).as(questions.get(i)).isEqualTo(answers.get(i));
            assertThat(run(line).out().lines())
                    .hasSameSizeAs(answers.get(i).lines().toList());
        }
    }

    @Test
    void aCollectorAnswersTheSame() throws Exception {
        try (RunningCollector collector = RunningCollector.start("jsonl:" + directory.resolve("reports"))) {
            for (int i = 0; i < questions.size(); i++) {
                if (!questions.get(i).startsWith("{")) {
                    assertThat(collector.get("/v1/query?format=table&" + encoded(questions.get(i))))
                            .isEqualTo(answers.get(i));
                }
            }
            String shown = page.find("curl 'http://127.0.0.1:8080([^']*)'").get(0);
            assertThat(collector.get(shown)).startsWith("version    count\n");
        }
    }

    @Test
    void anExportThatWasCutGoesOn() throws Exception {
        String goOn = page.blocks("sh").stream()
                .filter(block -> block.contains("after="))
                .findFirst()
                .orElseThrow();
        Path reports = directory.resolve("reports.jsonl");
        try (RunningCollector collector = RunningCollector.start("jsonl:" + directory.resolve("reports"))) {
            String whole = collector.get("/v1/export");
            Files.writeString(reports, whole.substring(0, whole.length() / 2));
            run(goOn.replace("http://127.0.0.1:8080/", collector.url().toString()));
            assertThat(reports).hasContent(whole);
        }
    }

    @Test
    void itNamesEveryParameter() {
        List<String> named = page.find("(?m)^\\| (`.*?`) \\|").stream()
                .flatMap(cell -> Stream.of(cell.split(", ")))
                .map(word -> word.replace("`", ""))
                .toList();

        assertThat(named)
                .containsExactlyInAnyOrder(
                        "group_by",
                        "metrics",
                        "f.DIMENSION",
                        "from",
                        "to",
                        "period",
                        "tz",
                        "clock",
                        "last",
                        "top",
                        "other",
                        "min_count",
                        "order",
                        "limit",
                        "after",
                        "fill",
                        "k",
                        "values",
                        "format");
    }

    private static String encoded(String question) {
        List<String> parameters = new ArrayList<>();
        for (String parameter : question.split("&")) {
            String[] parts = parameter.split("=", 2);
            parameters.add(Stream.of(parts)
                    .map(part -> URLEncoder.encode(part, StandardCharsets.UTF_8))
                    .collect(Collectors.joining("=")));
        }
        return String.join("&", parameters);
    }

    private Command.Ended run(String line) throws Exception {
        String here = line.replace("bin/usagestats-server", "'" + Built.SERVER_DIST + "/bin/usagestats-server'");
        Command.Ended ended =
                Command.of("sh", "-c", "cd '" + directory + "' && " + here).run();
        assertThat(ended.status()).as(line + ": " + ended.err()).isZero();
        return ended;
    }
}
