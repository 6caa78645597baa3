package org.usagestats.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class FlagsTest {

    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();
    private static final String CLASS_PATH = "target/classes" + File.pathSeparator + "target/test-classes";

    @TempDir
    Path directory;

    static List<Flag> flags() {
        return List.of(
                Flags.OPERATING_SYSTEM,
                Flags.JAVA_VERSION,
                Flags.SESSION_TIME,
                Flags.RUNTIME,
                Flags.HOST,
                Flags.USER,
                Flags.COMMAND_LINE,
                Flags.TIME,
                Flags.UNAME,
                Flags.LINUX_DISTRIBUTION);
    }

    @ParameterizedTest
    @MethodSource("flags")
    void flagAddsTheKeysThatItNamesInTheirOrder(Flag flag) {
        List<Note> notes = flag.notes(() -> Duration.ofMillis(1005));

        assertThat(notes).isNotEmpty().allSatisfy(note -> {
            assertThat(note.key()).matches("[a-z0-9_.]{1,64}");
            assertThat(note.value()).isNotBlank().doesNotStartWith("?");
        });
        assertThat(flag.keys())
                .containsSubsequence(notes.stream().map(Note::key).toList());
        assertThat(flag.purpose()).isNotBlank().doesNotContain("\n");
    }

    @Test
    void flagsThatCanIdentifyAPersonSaySo() {
        assertThat(flags()).filteredOn(Flag::identifying).containsExactly(Flags.HOST, Flags.USER, Flags.COMMAND_LINE);
    }

    @Test
    void noTwoFlagsShareAKey() {
        assertThat(flags()).flatExtracting(Flag::keys).doesNotHaveDuplicates();
    }

    @Test
    void sessionTimeHasThreeDecimals() {
        assertThat(Flags.SESSION_TIME.notes(() -> Duration.ofMillis(1005)))
                .containsExactly(new Note("session_time", "1.005"));
    }

    @Test
    void javaVersionStartsWithTheFeatureNumber() {
        assertThat(value("java")).startsWith(Runtime.version().feature() + ";");
    }

    @Test
    void runtimeIsTheJavaThatRuns() {
        assertThat(value("runtime.version")).isEqualTo(Runtime.version().toString());
        assertThat(value("runtime.date")).matches("\\d{4}-\\d\\d-\\d\\d");
        assertThat(value("runtime.bits")).isIn("32", "64");
    }

    @ParameterizedTest
    @CsvSource({
        "uname.system,uname -s",
        "uname.release,uname -r",
        "uname.version,uname -v",
        "uname.machine,uname -m",
        "hostname,uname -n",
        "username,id -un",
        "linux_dist.name,. /etc/os-release; echo \"$NAME\"",
        "linux_dist.version,. /etc/os-release; echo \"$VERSION_ID\"",
        "distribution,. /etc/os-release; echo \"$ID;$VERSION_ID\"",
        "system,echo \"$(uname -s);$(uname -r)\""
    })
    @EnabledOnOs(OS.LINUX)
    void flagSaysWhatTheSystemSays(String key, String command) throws Exception {
        assertThat(value(key)).isEqualTo(run(Map.of(), "sh", "-c", command).get(0));
    }

    @Test
    void commandLineIsTheProgramAndItsArguments() throws Exception {
        assertThat(java(Map.of(), "-Dsecret=1", "org.usagestats.api.FlagsMain", "--in", "a file"))
                .contains("command_line:org.usagestats.api.FlagsMain --in a file");
    }

    @Test
    void timeIsThatOfTheSubmission() {
        Instant before = Instant.now().minusSeconds(1);
        String first = value("time.utc");
        assertThat(Instant.parse(first)).isBetween(before, Instant.now());

        Instant limit = before.plusSeconds(20);
        while (value("time.utc").equals(first) && Instant.now().isBefore(limit)) {
            Thread.onSpinWait();
        }
        assertThat(Instant.parse(value("time.utc"))).isAfter(Instant.parse(first));
    }

    @ParameterizedTest
    @CsvSource({"0,1970-01-01T00:00:00Z", "1770000000,2026-02-02T02:40:00Z", "-1,1969-12-31T23:59:59Z"})
    void timeIsWrittenToTheSecond(long seconds, String expected) {
        assertThat(StandardFlag.utc(seconds)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"UTC,0.0", "Asia/Kathmandu,5.75", "America/New_York,-5.0"})
    void offsetIsThatOfTheStandardTimeInHours(String zone, String hours) throws Exception {
        assertThat(java(Map.of(), "-Duser.timezone=" + zone, "org.usagestats.api.FlagsMain"))
                .contains("time.std_utc_offset:" + hours);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void hostIsToldByTheEnvironmentWhereNoKernelIsAsked() throws Exception {
        Map<String, String> environment = Map.of("HOSTNAME", "somewhere", "PROCESSOR_IDENTIFIER", "Z80");

        assertThat(java(environment, "-Dos.name=CP/M", "org.usagestats.api.FlagsMain"))
                .contains("hostname:somewhere", "uname.system:CP/M", "uname.processor:Z80")
                .noneMatch(line -> line.startsWith("linux_dist.") || line.startsWith("uname.version"));
    }

    /** The C library asks who the user is, once, whatever a Java program does. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void noFlagAsksTheNetwork() throws Exception {
        assumeTrue(
                run(Map.of(), "sh", "-c", "strace -o /dev/null true && echo yes")
                        .contains("yes"),
                "no strace");
        List<String> withoutFlags = networkCalls("-version");

        assertThat(networkCalls("org.usagestats.api.FlagsMain")).isEqualTo(withoutFlags);
        assertThat(networkCalls("org.usagestats.api.FlagsMain", "look-up")).hasSizeGreaterThan(withoutFlags.size());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "NAME=x/ID=debian/VERSION_ID=\"12\" | debian | 12",
                "ID='void' | void |",
                "VERSION_ID=3/ID=alpine | alpine | 3",
                "#ID=not/OLD_ID=old/ID=a/ID=b/ | b |",
                "VERSION_ID=\"\"/ID= | |"
            })
    void variableOfOsReleaseIsItsLastValueWithoutQuotes(String lines, String id, String version) {
        String release = lines.replace('/', '\n');

        assertThat(StandardFlag.variable("ID", release)).isEqualTo(id);
        assertThat(StandardFlag.variable("VERSION_ID", release)).isEqualTo(version);
    }

    private static String value(String key) {
        for (Flag flag : flags()) {
            for (Note note : flag.notes(() -> Duration.ZERO)) {
                if (note.key().equals(key)) {
                    return note.value();
                }
            }
        }
        return "nothing";
    }

    private List<String> networkCalls(String... arguments) throws Exception {
        Path trace = directory.resolve("trace");
        List<String> command = new ArrayList<>(List.of("strace", "-f", "-e", "trace=network", "-o", trace.toString()));
        command.addAll(List.of(JAVA, "-cp", CLASS_PATH));
        command.addAll(List.of(arguments));
        run(Map.of(), command.toArray(String[]::new));
        return Files.readAllLines(trace, StandardCharsets.ISO_8859_1).stream()
                .filter(line -> line.contains("("))
                .map(line -> line.replaceAll("^\\d+ +", ""))
                .toList();
    }

    private static List<String> java(Map<String, String> environment, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(JAVA, "-cp", CLASS_PATH));
        command.addAll(List.of(arguments));
        return run(environment, command.toArray(String[]::new));
    }

    private static List<String> run(Map<String, String> environment, String... command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        String out = read(process.getInputStream());
        assertThat(process.waitFor()).as(out).isZero();
        return out.lines().toList();
    }

    private static String read(InputStream in) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        in.transferTo(out);
        return out.toString(StandardCharsets.UTF_8);
    }
}
