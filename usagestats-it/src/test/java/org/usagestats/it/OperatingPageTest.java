package org.usagestats.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usagestats.testkit.Await;

/** What the page for operators shows works as printed, in directories and on ports of the test's own. */
class OperatingPageTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String SITE = "stats.example.org";
    private static final String REPORT = "date:1789000000.000\\nprogram:past-nginx\\n";

    @TempDir
    private Path root;

    private final List<Command.Running> running = new ArrayList<>();
    private Page page;
    private int port;

    @BeforeEach
    void readPage() throws Exception {
        assumeTrue(runs("command -v curl && command -v openssl"), "curl or openssl is not installed");
        page = Page.read("docs/operating.md");
        port = freePort();
        Files.createDirectories(root.resolve("etc/usagestats"));
    }

    @AfterEach
    void stop() throws Exception {
        for (Command.Running process : running) {
            process.process().destroy();
            process.end();
            process.close();
        }
    }

    @Test
    void theCommandsLeadToTlsAndATokenInLessThanTen() throws Exception {
        String start = page.blocks("sh").get(0);
        String use = page.blocks("sh").get(1);
        assertThat((start + use).lines().count()).isLessThan(10);
        Files.createDirectories(root.resolve("home"));

        // The shell that starts the collector stays for it, so that stopping the one stops the other.
        Command.Running shell = start(here(start).replaceFirst("(bin/usagestats-server .*) &", "exec $1"));
        awaitReady(shell);

        List<String> answers = new ArrayList<>();
        for (String line : use.lines().toList()) {
            Command.Ended ended = shell("cd ~/usagestats && " + here(line).replace("curl ", "curl -sSf --retry 0 "));
            assertThat(ended.status()).as(line + ": " + ended.err()).isZero();
            answers.add(ended.out());
        }
        assertThat(answers.get(0)).isEqualTo("stored");
        assertThat(answers.get(1)).contains("\"by-hand\": 1");
        assertThat(answers.get(2)).contains("\"program\":\"by-hand\"");
        assertThat(status("--cacert", root.resolve("home/usagestats/cert.pem"), "/v1/count"))
                .isEqualTo("200");
        assertThat(status(
                        "-H",
                        "'Host: " + SITE + "'",
                        "--cacert",
                        root.resolve("home/usagestats/cert.pem"),
                        "/v1/count"))
                .isEqualTo("401");
        assertThat(shell("ls -l ~/usagestats/tokens").out()).startsWith("-rw-------");
    }

    @Test
    void theConfigurationIsUnderstoodAsPrinted() throws Exception {
        makeCertificate();
        writeTokens();
        for (String configuration : page.blocks("properties")) {
            write("etc/usagestats/collector.conf", here(configuration));
            String line = page.blocks("sh").get(2);
            Command.Ended ended = shell(here(line).replace(root + "/opt/usagestats", Built.SERVER_DIST.toString()));
            assertThat(ended.status()).as(ended.err()).isZero();
            assertThat(ended.out()).contains("\nhost = localhost\n", "\n# the default\ndurability = always\n");
            assertThat(ended.out().lines().filter(here(configuration).lines().toList()::contains))
                    .hasSameSizeAs(configuration
                            .lines()
                            .filter(text -> text.contains("="))
                            .toList());
        }
    }

    @Test
    void theUnitIsWhatSystemdUnderstandsAndRunsThePagesConfiguration() throws Exception {
        Path unit = Built.SERVER_DIST.resolve("systemd/usagestats-server.service");
        assertThat(Files.readString(unit))
                .contains(
                        "ExecStart=/opt/usagestats/bin/usagestats-server serve --config /etc/usagestats/collector.conf");
        assertThat(page.text()).contains("cp /opt/usagestats/systemd/" + unit.getFileName());
        assumeTrue(runs("command -v systemd-analyze"), "systemd-analyze is not installed");

        Path here = write(
                unit.getFileName().toString(),
                Files.readString(unit).replace("/opt/usagestats", Built.SERVER_DIST.toString()));
        Command.Ended verified = shell("systemd-analyze verify '" + here + "'");
        assertThat(verified.status()).as(verified.err()).isZero();
        assertThat(verified.err()).doesNotContain(unit.getFileName().toString());
        Command.Ended rated = shell("systemd-analyze security --offline=true --threshold=20 '" + here + "'");
        assertThat(rated.status()).as(rated.out()).isZero();
    }

    @Test
    void aCertificateThatCertbotRenewsServesWithoutARestart() throws Exception {
        makeCertificate();
        writeTokens();
        write("etc/usagestats/collector.conf", here(page.blocks("properties").get(0)));
        Files.createDirectories(root.resolve("var/lib/usagestats"));
        awaitReady(collector());
        String before = servedCertificate();
        assertThat(before).contains("BEGIN CERTIFICATE");

        Files.createDirectories(root.resolve("renewed"));
        assertThat(shell(newCertificate("renewed")).status()).isZero();
        String hook = here(page.blocks("bash").get(0)).replace("-o usagestats ", "");
        Path script = write("hook", hook);
        Command.Ended ended = shell("RENEWED_LINEAGE='" + root.resolve("renewed") + "' sh -e '" + script + "'");
        assertThat(ended.status()).as(ended.err()).isZero();

        String renewed = Files.readString(root.resolve("renewed/fullchain.pem"));
        Await.until("the new certificate", PATIENCE, () -> servedCertificate().contains(renewed.strip()));
        assertThat(renewed.strip()).isNotEqualTo(before.strip());
    }

    @Test
    void nginxInFrontHidesNobodyAndLetsNobodyPass() throws Exception {
        assumeTrue(runs("PATH=$PATH:/usr/sbin command -v nginx"), "nginx is not installed");
        makeCertificate();
        writeTokens();
        Files.createDirectories(root.resolve("var/lib/usagestats"));
        int behind = freePort();
        String configuration = page.blocks("properties").get(1).replace(":8080", ":" + behind);
        write("etc/usagestats/collector.conf", here(configuration) + "keep-address = full\n");
        awaitReady(collector());
        write(
                "nginx.conf",
                "daemon off;\npid " + root + "/nginx.pid;\nerror_log stderr;\nevents {}\nhttp {\naccess_log off;\n"
                        + temporaryDirectories()
                        + here(page.blocks("nginx").get(0).replace(":8080", ":" + behind)) + "}\n");
        Command.Running nginx = start("PATH=$PATH:/usr/sbin; exec nginx -p '" + root + "' -e stderr -c nginx.conf");
        Await.until("nginx", PATIENCE, () -> {
            assertThat(nginx.process().isAlive()).as(nginx.err()).isTrue();
            return status("/health/ready").equals("200");
        });

        String send = "printf '" + REPORT + "' | curl -sS --cacert '" + root + "/etc/usagestats/fullchain.pem'"
                + " -H 'X-Forwarded-For: 203.0.113.5' --data-binary @- https://localhost:" + port + "/at";
        assertThat(shell(send).out()).isEqualTo("stored");
        assertThat(status("/v1/count")).isEqualTo("401");
        assertThat(status("-H", "'X-Forwarded-For: 127.0.0.1'", "/v1/download/import"))
                .isEqualTo("401");
        String token = "\"Authorization: Bearer $(cut -d' ' -f2 '" + root + "/etc/usagestats/tokens')\"";
        assertThat(status("-H", token, "/v1/count")).isEqualTo("200");
        assertThat(status("-H", token, "-H", "'Host: evil.example'", "/v1/count"))
                .isEqualTo("421");

        Command.Ended reports = shell(curl("-H", token, "/v1/download/import"));
        // The address that nginx saw, not the one that the client made up.
        assertThat(reports.out()).containsPattern("\"submitted_from\":\"(127\\.0\\.0\\.1|::1|0:0:0:0:0:0:0:1)\"");
        assertThat(reports.out()).contains("past-nginx").doesNotContain("203.0.113.5");
    }

    @Test
    void whatASinkKeepsIsBroughtInCheckedAndTakenOutAsPrinted() throws Exception {
        Path home = copiedDistribution();
        Files.writeString(
                home.resolve("metrics_data.jsonl"),
                "{\"username\": \"a\", \"server_time\": \"2026-02-28 23:59:59\"}\n"
                        + "{\"username\": \"b\", \"server_time\": \"2026-03-01 00:00:00\"}\n");

        String bringIn =
                page.find("(?m)^(bin/usagestats-server import .*jsonl)$").get(0);
        List<String> lines = new ArrayList<>(List.of(bringIn));
        lines.addAll(block("sh", "bin/usagestats-server tail").lines().toList());
        for (String line : lines) {
            Command.Ended ended = shell("cd ~/usagestats && " + line);
            assertThat(ended.status()).as(line + ": " + ended.err()).isZero();
        }

        assertThat(Files.readString(home.resolve("reports.jsonl")))
                .contains("\"b\"")
                .doesNotContain("\"a\"");
        assertThat(Files.readAllLines(home.resolve("reports.csv"))).hasSize(3);
    }

    @Test
    void reportsAreKeptAsLongAsThePageSays() throws Exception {
        Path home = copiedDistribution();
        StringBuilder reports = new StringBuilder();
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        LocalDate old = today.minusMonths(26);
        LocalDate young = today.minusMonths(24);
        for (int days = 0; days < 8; days++) {
            reports.append("{\"server_time\": \"").append(today.minusDays(days)).append("T12:00:00Z\"}\n");
        }
        reports.append("{\"server_time\": \"").append(young).append("T12:00:00Z\"}\n");
        reports.append("{\"server_time\": \"").append(old).append("T12:00:00Z\"}\n");
        Files.writeString(home.resolve("old.jsonl"), reports);
        assertThat(shell("cd ~/usagestats && bin/usagestats-server import jsonl:reports old.jsonl")
                        .status())
                .isZero();
        assertThat(home.resolve("reports/dt=" + old)).exists();

        String line = block("sh", "bin/usagestats-server serve").replace(":8082", ":" + port);
        Command.Running collector = start("cd ~/usagestats && exec " + line);
        awaitReady(collector);
        Await.until("what is too old is gone", PATIENCE, () -> Files.notExists(home.resolve("reports/dt=" + old)));
        assertThat(home.resolve("reports/dt=" + young)).exists();
        assertThat(collector.err()).contains("dt=" + old);
    }

    @Test
    void everyOptionOfASinkIsInThePage() throws Exception {
        for (String sink : List.of("jsonl", "files")) {
            Command.Ended refused = shell("'" + Built.SERVER_DIST + "/bin/usagestats-server' verify " + sink
                    + ":nothing --sink-option no-such-option=1");
            Matcher options =
                    Pattern.compile("; it has (.*)").matcher(refused.err().strip());
            assertThat(options.find()).as(refused.err()).isTrue();
            assertThat(page.find("(?m)^\\| `" + sink + "` \\| `?([a-z-]+)`? \\|"))
                    .containsExactlyInAnyOrder(options.group(1).split(", "));
        }
    }

    @Test
    void anImageWithAJavaOfItsOwnServesAsPrinted() throws Exception {
        Path jlink = Path.of(System.getProperty("java.home"), "bin", "jlink");
        assumeTrue(Files.isExecutable(jlink), "this JDK has no jlink");
        Path home = copiedDistribution();
        List<String> lines = block("sh", "jlink ").lines().toList();
        Command.Ended linked = shell("cd ~/usagestats && " + lines.get(0).replace("jlink ", "'" + jlink + "' "));
        assertThat(linked.status()).as(linked.out() + linked.err()).isZero();
        // Without any other Java: the image is all there is.
        awaitReady(start("cd ~/usagestats && unset JAVA_HOME && exec "
                + lines.get(1)
                        .replace("jsonl:reports", "jsonl:" + home + "/kept")
                        .replace(":8081", ":" + port)));

        String collector = " http://localhost:" + port;
        assertThat(shell("printf '" + REPORT + "' | curl -sS --data-binary @-" + collector)
                        .out())
                .isEqualTo("stored");
        assertThat(shell("curl -sS" + collector + "/v1/count?group_by=program").out())
                .contains("\"past-nginx\": 1");
    }

    @Test
    void theFilesAndChaptersThatItLinksToAreThere() {
        for (String link : page.find("\\]\\(([^)#]+)[^)]*\\)")) {
            assertThat(Built.ROOT.resolve("docs").resolve(link)).exists();
        }
        for (String anchor : page.find("\\]\\(#([^)]*)\\)")) {
            assertThat(page.find("(?m)^## (.*)$"))
                    .anyMatch(title ->
                            title.toLowerCase(Locale.ROOT).replace(' ', '-').equals(anchor));
        }
    }

    /** What the page says, with this test's directories, name and ports. */
    private String here(String text) {
        return text.replace("/etc/usagestats", root + "/etc/usagestats")
                .replace("/var/lib/usagestats", root + "/var/lib/usagestats")
                .replace("/opt/usagestats", root + "/opt/usagestats")
                .replace("server-minimal/target/dist", Built.SERVER_DIST.toString())
                .replace("0.0.0.0:8443", "127.0.0.1:" + port)
                .replace("listen 443", "listen 127.0.0.1:" + port)
                .replace(":8443", ":" + port)
                .replace(SITE, "localhost");
    }

    private Path copiedDistribution() throws Exception {
        Path home = Files.createDirectories(root.resolve("home/usagestats"));
        assertThat(shell("cp -r '" + Built.SERVER_DIST + "/.' '" + home + "'").status())
                .isZero();
        return home;
    }

    /** The block that begins so. */
    private String block(String language, String beginning) {
        return page.blocks(language).stream()
                .filter(block -> block.startsWith(beginning))
                .findFirst()
                .orElseThrow();
    }

    private void makeCertificate() throws Exception {
        Command.Ended ended = shell(newCertificate("etc/usagestats"));
        assertThat(ended.status()).as(ended.err()).isZero();
    }

    /** The page's own way to make one, into a directory and under certbot's names. */
    private String newCertificate(String directory) {
        String openssl = page.find("(?m)^(openssl req .*)$").get(0);
        return "cd '" + root.resolve(directory) + "' && "
                + here(openssl).replace("key.pem", "privkey.pem").replace("cert.pem", "fullchain.pem");
    }

    private void writeTokens() throws Exception {
        String make = page.find("(?m)^(\\(umask .*)$").get(0);
        assertThat(shell("cd '" + root + "/etc/usagestats' && " + make).status())
                .isZero();
    }

    private Command.Running collector() throws IOException {
        return start("exec '" + Built.SERVER_DIST + "/bin/usagestats-server' serve --config '" + root
                + "/etc/usagestats/collector.conf'");
    }

    private static void awaitReady(Command.Running collector) throws Exception {
        Await.until("the collector", PATIENCE, () -> {
            assertThat(collector.process().isAlive()).as(collector.err()).isTrue();
            return collector.err().contains("listening on ");
        });
    }

    private String temporaryDirectories() {
        StringBuilder lines = new StringBuilder();
        for (String kind : List.of("client_body", "proxy", "fastcgi", "uwsgi", "scgi")) {
            lines.append(kind)
                    .append("_temp_path ")
                    .append(root)
                    .append("/tmp-")
                    .append(kind)
                    .append(";\n");
        }
        return lines.toString();
    }

    private String servedCertificate() throws Exception {
        return shell("openssl s_client -connect localhost:" + port + " </dev/null 2>/dev/null | openssl x509")
                .out();
    }

    private String status(Object... words) throws Exception {
        return shell(curl(words) + " -o /dev/null -w '%{http_code}'").out();
    }

    /** A request to this test's port; the last word is the path. */
    private String curl(Object... words) {
        StringBuilder line = new StringBuilder("curl -sS");
        if (!List.of(words).contains("--cacert")) {
            line.append(" --cacert '").append(root).append("/etc/usagestats/fullchain.pem'");
        }
        for (int i = 0; i < words.length - 1; i++) {
            line.append(' ').append(words[i]);
        }
        return line.append(" https://localhost:")
                .append(port)
                .append(words[words.length - 1])
                .toString();
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(root.resolve(name), text);
    }

    private Command.Running start(String line) throws IOException {
        Command.Running process = command(line).start();
        running.add(process);
        return process;
    }

    private Command.Ended shell(String line) throws Exception {
        return command(line).run();
    }

    private Command command(String line) {
        return Command.of("sh", "-c", line).with("HOME", root.resolve("home"));
    }

    private static boolean runs(String line) throws Exception {
        return Command.of("sh", "-c", line).run().status() == 0;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
