package org.usagestats.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usagestats.testkit.Await;

/** The script that shows a visitor what all this is about, run as the README says. */
class DemoTest {

    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Pattern ADDRESS = Pattern.compile("(?m)^http://127\\.0\\.0\\.1:[0-9]+/$");

    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    private Path temporary;

    private static String demo() {
        return Built.ROOT.resolve("demo").toString();
    }

    @Test
    void aYearIsShownUntilItIsStoppedAndThenNothingIsLeft() throws Exception {
        try (Command.Running demo =
                Command.of(demo(), "--data", "2000").with("TMPDIR", temporary).start()) {
            Await.until(
                    "the address",
                    LONG,
                    () -> ADDRESS.matcher(demo.out()).find() || !demo.process().isAlive());
            Matcher address = ADDRESS.matcher(demo.out());
            assertThat(address.find()).as(demo.out() + demo.err()).isTrue();
            URI url = URI.create(address.group());

            Map<?, ?> answer =
                    (Map<?, ?>) Json.read(get(url, "v1/query?group_by=program&metrics=count,distinct(user)"));
            assertThat(answer.get("record_count")).isEqualTo(2000L);
            List<String> programs = ((List<?>) answer.get("rows"))
                    .stream().map(row -> String.valueOf(((List<?>) row).get(0))).toList();
            assertThat(programs).containsExactly("paperboat", "paperboat-server");
            assertThat(get(url, "")).contains("<title>Usage statistics</title>");
            assertThat(get(url, "ui/charts.json")).contains("Exports that failed, by version");

            demo.process().destroy();
            demo.end();
            assertThat(demo.err()).doesNotContain("rror");
            Await.until("nobody answers", LONG, () -> !answers(url));
            assertThat(left()).isEmpty();
        }
    }

    @Test
    void aNumberThatIsNoneIsRefused() throws Exception {
        for (String number : List.of("many", "0", "-1", "1e6", "")) {
            Command.Ended ended = Command.of(demo(), "--data", number).run();
            assertThat(ended.status()).as(number).isEqualTo(2);
            assertThat(ended.err()).isEqualTo("./demo --data takes how many reports to make up, such as 1000000\n");
        }
    }

    private String get(URI url, String target) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(url.resolve("/" + target)).build();
        return client.send(request, BodyHandlers.ofString()).body();
    }

    private boolean answers(URI url) throws IOException, InterruptedException {
        try {
            get(url, "health/live");
            return true;
        } catch (ConnectException gone) {
            return false;
        }
    }

    private List<Path> left() throws IOException {
        try (Stream<Path> files = Files.list(temporary)) {
            return files.filter(file -> !file.getFileName().toString().startsWith("hsperfdata"))
                    .toList();
        }
    }
}
