package org.usagestats.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CoolProgramTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void itsWordsAreSaidAloud() {
        assertThat(run("hello", "--", "-x")).isZero();
        assertThat(out).hasToString("HELLO!\n-X!\n");
        assertThat(err).hasToString("");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --hello                      | Unrecognized option: --hello
            --show                       | Unrecognized option: --show
            --help hello                 | the option --help stands alone
            hello --show-stats           | the option --show-stats stands alone
            --show-stats --help          | the option --show-stats stands alone
            --enable-stats --disable-stats | The option 'disable-stats' was specified but an option from this group has already been selected: 'enable-stats'
            """)
    void misuseIsToldInOneLine(String args, String what) {
        assertThat(run(args.split(" "))).isEqualTo(2);
        assertThat(err).hasToString("cool-program: " + what + " (see cool-program --help)\n");
        assertThat(out).hasToString("");
    }

    @Test
    void helpNamesEveryOptionOnOneLine() {
        assertThat(run("--help")).isZero();
        for (String option : StatsOptions.group().getNames()) {
            assertThat(out.toString(StandardCharsets.UTF_8)).containsPattern("(?m)^  --" + option + " +\\S.{10,70}$");
        }
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("--help ", "COOL_PROGRAM_USAGE_STATS");
        assertThat(out.toString(StandardCharsets.UTF_8).lines()).allMatch(line -> line.length() <= 120);
    }

    /** Packagers read the file, users ask the program; after a change: {@code cool-program --what-we-collect > FILE}. */
    @Test
    void whatWeCollectIsWhatTheProgramSays() throws Exception {
        assertThat(run("--what-we-collect")).isZero();
        assertThat(Files.readString(Path.of("what-we-collect.md"))).isEqualTo(out.toString(StandardCharsets.UTF_8));
    }

    private int run(String... args) {
        return new CoolProgram(Map.of(), printer(out), printer(err)).run(args);
    }

    private static PrintStream printer(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }
}
