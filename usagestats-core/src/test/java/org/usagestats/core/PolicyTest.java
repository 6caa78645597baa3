package org.usagestats.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyTest {

    private static final String ALLOWED_URL = "allowed is a URL such as https://usagestats.example.org/.";

    private static final URI OWN = URI.create("https://localhost/");

    @TempDir
    Path directory;

    private Path file;
    private Policy policy;

    @BeforeEach
    void prepare() throws IOException {
        Files.createDirectory(directory.resolve("usage-stats"));
        file = directory.resolve("usage-stats/cool");
        open();
    }

    private void open() {
        policy = new Policy(directory.toFile(), "cool");
    }

    @Test
    void withoutAFileNothingIsSaid() {
        assertSilent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", "# reporting:off\n", "#reporting:off", "  # drop_point:nowhere\r\n\r\n", "#\n"})
    void aFileOfCommentsSaysNothing(String text) throws IOException {
        write(text);

        assertSilent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"reporting:off", "reporting:off\n", "reporting: off \r\n", "# ours\n\nreporting:off\n# until May"
            })
    void offIsSaidByTheAdministratorAndNamesTheFile(String text) throws IOException {
        write(text);

        assertThat(policy.off()).isEqualTo("Usage statistics are switched off by your administrator (" + file + ").");
        assertThat(policy.on()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"reporting:on", "reporting:on\n", " reporting : on\r\n", "# ours\nreporting:on\n"})
    void onIsSaidByTheAdministratorAndNamesTheFile(String text) throws IOException {
        write(text);

        assertThat(policy.off()).isNull();
        assertThat(policy.on()).isEqualTo("Usage statistics are enabled by your administrator (" + file + ").");
        assertThat(dropPoint()).isEqualTo(OWN);
    }

    @Test
    void aDropPointMayStandAloneOrBesideOn() throws IOException {
        write("drop_point:https://stats.example.com:8443/in?team=7\n");
        assertThat(policy.off()).isNull();
        assertThat(policy.on()).isNull();
        assertThat(dropPoint()).hasToString("https://stats.example.com:8443/in?team=7");

        write("drop_point: http://127.0.0.1:1/\nreporting:on\n");
        assertThat(policy.off()).isNull();
        assertThat(policy.on()).isNotNull();
        assertThat(dropPoint()).hasToString("http://127.0.0.1:1/");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "reporting:maybe | says \"reporting:maybe\"; allowed are \"reporting:on\" and \"reporting:off\".",
                "reporting:      | says \"reporting:\"; allowed are \"reporting:on\" and \"reporting:off\".",
                "reporting       | says \"reporting:\"; allowed are \"reporting:on\" and \"reporting:off\".",
                "reporting:ON    | says \"reporting:ON\"; allowed are \"reporting:on\" and \"reporting:off\".",
                "Reporting:off   | says \"Reporting\"; allowed are \"reporting\" and \"drop_point\", each once.",
                "report:off      | says \"report\"; allowed are \"reporting\" and \"drop_point\", each once.",
                "no              | says \"no\"; allowed are \"reporting\" and \"drop_point\", each once.",
                ":off            | says \"\"; allowed are \"reporting\" and \"drop_point\", each once."
            })
    void whatIsNotUnderstoodIsOffAndSaysWhatIsAllowed(String line, String fault) throws IOException {
        write("reporting:on\n".repeat(line.startsWith("reporting") ? 0 : 1) + line + "\n");

        assertFaulty(fault);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "stats.example.com", "/in", "https://", "https:stats", "ht tp://a/", "http://[/"})
    void aDropPointThatIsNoUrlIsOffAndSaysWhatIsAllowed(String url) throws IOException {
        write("reporting:on\ndrop_point:" + url + "\n");

        assertFaulty("says \"drop_point:" + url + "\"; " + ALLOWED_URL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"reporting:on\nreporting:on\n", "reporting:on\nreporting:off\n"})
    void aKeyThatIsGivenTwiceIsOff(String text) throws IOException {
        write(text);

        assertFaulty("says \"reporting\"; allowed are \"reporting\" and \"drop_point\", each once.");
    }

    @Test
    void ofALineThatMeansNothingAPartIsShown() throws IOException {
        write("x".repeat(1000));

        assertFaulty("says \"" + "x".repeat(60) + "…\"; allowed are \"reporting\" and \"drop_point\", each once.");
    }

    @Test
    void aFileThatIsTooLargeToBeOneIsOff() throws IOException {
        Files.write(file, ("#" + "x".repeat(128 * 1024)).getBytes(StandardCharsets.UTF_8));

        assertFaulty("cannot be read.");
    }

    @Test
    void aDirectoryInItsPlaceIsOff() throws IOException {
        Files.createDirectory(file);

        assertFaulty("is not a file.");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aBrokenLinkInItsPlaceIsOffAndAGoodOneIsFollowed() throws IOException {
        Path target = directory.resolve("target");
        Files.createSymbolicLink(file, target);
        assertFaulty("cannot be read.");

        Files.writeString(target, "reporting:on\n");
        open();
        assertThat(policy.off()).isNull();
        assertThat(policy.on()).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({"rw-rw-r--,false", "rw-r--rw-,false", "rw-rw-rw-,false", "rw-r--r--,true", "r--r--r--,true"})
    @DisabledOnOs(OS.WINDOWS)
    void aFileThatOthersCanWriteIsOff(String permissions, boolean trusted) throws IOException {
        write("reporting:on\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));

        if (trusted) {
            open();
            assertThat(policy.off()).isNull();
        } else {
            assertFaulty("can be written by others than its owner; allowed is the owner alone.");
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aFileOrFolderThatMayNotBeReadIsOff() throws IOException {
        assumeFalse(System.getProperty("user.name").equals("root"), "root may read everything");
        write("reporting:on\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("-w-------"));
        assertFaulty("cannot be read.");

        Files.delete(file);
        Files.setPosixFilePermissions(file.getParent(), PosixFilePermissions.fromString("---------"));
        assertFaulty("cannot be read.");
    }

    @Test
    void eachLookSeesTheFileAsItIsNow() throws IOException {
        assertThat(policy.off()).isNull();
        rewrite("reporting:off\n");
        assertThat(policy.off()).isNotNull();
        rewrite("reporting:on\n");
        assertThat(policy.off()).isNull();
        assertThat(policy.on()).isNotNull();
        Files.delete(file);
        assertThat(policy.off()).isNull();
        assertThat(policy.on()).isNull();
    }

    @Test
    void theSystemFolderIsThePlatformsAndNoVariableMovesItButOnWindows() {
        Map<String, String> environment = new HashMap<>();
        environment.put("XDG_CONFIG_DIRS", "/elsewhere");
        environment.put("XDG_CONFIG_HOME", "/elsewhere");
        environment.put("ProgramData", "D:\\ProgramData");

        assertThat(new Home(environment, "Linux", "/home/u").system()).hasToString("/etc/xdg");
        assertThat(new Home(environment, "Mac OS X", "/Users/u").system()).hasToString("/Library/Application Support");
        assertThat(new Home(environment, "Windows 11", "C:\\Users\\u").system()).hasToString("D:\\ProgramData");
        assertThat(new Home(Map.of(), "Windows 11", "C:\\Users\\u").system()).hasToString("C:\\ProgramData");
    }

    private void assertSilent() {
        assertThat(policy.off()).isNull();
        assertThat(policy.on()).isNull();
        assertThat(dropPoint()).isEqualTo(OWN);
    }

    private void assertFaulty(String fault) {
        open();
        assertThat(policy.off())
                .isEqualTo("Usage statistics are switched off by your administrator, whose file " + file + " " + fault);
        assertThat(policy.on()).isNull();
        assertThat(dropPoint()).isEqualTo(OWN);
    }

    private URI dropPoint() {
        return policy.dropPoint(OWN);
    }

    /** Writes the file, and opens a program after it. */
    private void write(String text) throws IOException {
        rewrite(text);
        open();
    }

    private void rewrite(String text) throws IOException {
        Files.writeString(file, text);
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        }
    }
}
