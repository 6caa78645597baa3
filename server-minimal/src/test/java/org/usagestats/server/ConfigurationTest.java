package org.usagestats.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.usagestats.server.settings.Command;
import org.usagestats.server.settings.CommandLineSyntax;
import org.usagestats.server.settings.Setting;
import org.usagestats.server.settings.Settings;

/** Where settings come from, which of them wins, and what the operator is shown of them. */
class ConfigurationTest {

    private static final String SECRET = "secret-0123456789012345";

    private final Map<String, String> environment = new LinkedHashMap<>();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path directory;

    @Test
    void the_command_line_wins_over_the_environment_which_wins_over_the_file() throws Exception {
        Path file = file(
                "sink = files:from-file", "instance=file", "durability = os", "host = a.example", "host=b.example");
        environment.put("USAGESTATS_CONFIG", file.toString());
        environment.put("USAGESTATS_INSTANCE", "variable");
        environment.put("USAGESTATS_DURABILITY", "interval");

        assertThat(run("--print-config", "--durability", "always")).isZero();
        assertThat(printed())
                .contains(
                        "# from the file " + file + "\nsink = files:from-file\n",
                        "# from the environment, USAGESTATS_INSTANCE\ninstance = variable\n",
                        "# from the command line\ndurability = always\n",
                        "# from the file " + file + "\nhost = a.example\nhost = b.example\n",
                        "# the default\nlisten = 127.0.0.1:8080\n",
                        "# token-file is not set\n",
                        "# config: " + file + ", from the environment, USAGESTATS_CONFIG\n");
        assertThat(err.size()).isZero();
    }

    @Test
    void the_example_of_the_distribution_has_every_setting() throws Exception {
        Path example = Path.of("src/main/dist/conf/collector.conf");
        Path all = Files.writeString(
                directory.resolve("all.conf"),
                Files.readString(example).replaceAll("(?m)^#(?=[a-z-]+ = )", ""),
                StandardCharsets.UTF_8);

        assertThat(settings(all).print().lines())
                .filteredOn(line -> line.endsWith(" is not set") || line.equals("# the default"))
                .containsExactly("# tls-password is not set", "# tokens is not set");
        assertThat(settings(example).print())
                .contains("# from the file " + example + "\nsink = ", "# from the file " + example + "\nlisten = ")
                .satisfies(
                        print -> assertThat(print.split("# from the file", -1)).hasSize(3));
    }

    @Test
    void a_list_in_the_environment_has_spaces_between_and_takes_the_place_of_that_in_the_file() throws Exception {
        Path file = file("sink = files:x", "host = a.example", "behind-proxy = true");
        environment.put("USAGESTATS_HOST", " b.example  c.example ");
        environment.put("USAGESTATS_SINK_OPTION", "a=1 b=2");
        environment.put("USAGESTATS_BEHIND_PROXY", "false");
        environment.put("USAGESTATS_LISTEN", " ");
        Settings settings = settings(file);

        assertThat(settings.values(Setting.HOST)).containsExactly("b.example", "c.example");
        assertThat(settings.isOn(Setting.BEHIND_PROXY)).isFalse();
        assertThat(settings.value(Setting.LISTEN)).contains("127.0.0.1:8080");
        assertThat(ServeArguments.of(settings).config().options()).isEqualTo(Map.of("a", "1", "b", "2"));
    }

    @Test
    void what_is_printed_is_a_file_that_says_the_same_and_has_no_secret() throws Exception {
        environment.put("USAGESTATS_TOKENS", "query " + SECRET);
        environment.put("USAGESTATS_TLS_PASSWORD", SECRET);
        assertThat(run("--print-config", "--sink", "files:a = # b", "--no-queries", "--host", "a", "--host", "b"))
                .isZero();
        String first = printed();
        assertThat(first)
                .contains("# tokens: (secret), from the environment, USAGESTATS_TOKENS")
                .doesNotContain(SECRET);

        Path file = Files.writeString(directory.resolve("printed"), first);
        out.reset();
        assertThat(run("--print-config", "--config", file.toString())).isZero();
        assertThat(settingsOf(printed())).isEqualTo(settingsOf(first)).contains("sink = files:a = # b", "host = b");
    }

    private static List<String> settingsOf(String print) {
        return print.lines().filter(line -> !line.startsWith("#")).toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "listn = x          | FILE, line 2: unknown key listn, the nearest is listen",
                "Listen = x         | FILE, line 2: unknown key Listen, the nearest is listen",
                "config = x         | FILE, line 2: unknown key config, the nearest is sink",
                "listen             | FILE, line 2: a line is: key = value",
                "listen =           | FILE, line 2: listen has no value",
                "tokens = x         | FILE, line 2: tokens is a secret: set USAGESTATS_TOKENS in the environment",
                "sink = files:again | FILE, line 2: sink is given more than once",
                "no-queries = yes   | FILE: no-queries takes true, false, not \"yes\"",
                "listen = nowhere   | FILE: listen takes HOST:PORT, such as 127.0.0.1:8080, not \"nowhere\"",
            })
    void a_wrong_line_of_the_file_is_named(String line, String message) throws Exception {
        Path file = file("sink = files:x", line);
        assertThat(run("--config", file.toString())).isEqualTo(2);
        assertThat(said())
                .isEqualTo("usagestats-server: " + message.replace("FILE", file.toString())
                        + " (usagestats-server --help says more)\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "USAGESTATS_LISTN     | x    | unknown variable USAGESTATS_LISTN, the nearest is USAGESTATS_LISTEN",
                "USAGESTATS_NO_QUERIES| 1    | USAGESTATS_NO_QUERIES takes true, false, not \"1\"",
                "USAGESTATS_DURABILITY| high | USAGESTATS_DURABILITY takes always, interval, os, not \"high\"",
            })
    void a_wrong_variable_is_named(String name, String value, String message) {
        environment.put(name, value);
        assertThat(run("--sink", "files:x")).isEqualTo(2);
        assertThat(said()).isEqualTo("usagestats-server: " + message + " (usagestats-server --help says more)\n");
    }

    @Test
    void a_file_that_cannot_be_read_is_named() throws Exception {
        assertThat(run("--config", directory.resolve("none").toString())).isEqualTo(1);
        assertThat(said()).isEqualTo("usagestats-server: there is no file " + directory.resolve("none") + "\n");
        err.reset();
        Path binary = Files.write(directory.resolve("binary"), new byte[] {(byte) 0xff});
        assertThat(run("--config", binary.toString())).isEqualTo(1);
        assertThat(said()).isEqualTo("usagestats-server: " + binary + " is not text in UTF-8\n");
    }

    @Test
    void control_characters_do_not_leave_their_line() throws Exception {
        Settings settings = CommandLineSyntax.settings(Command.SERVE, List.of("--sink", "files:a\033[2J"), environment);
        assertThat(settings.print()).contains("sink = files:a\\u001b[2J\n");
        assertThat(run("--sink", "a\nlistening on b")).isEqualTo(2);
        assertThat(said().lines()).singleElement().asString().contains("not \"a\\u000alistening on b\"");
    }

    private Path file(String... lines) throws Exception {
        return Files.write(directory.resolve("collector.conf"), List.of(lines));
    }

    private Settings settings(Path file) throws Exception {
        return CommandLineSyntax.settings(Command.SERVE, List.of("--config", file.toString()), environment);
    }

    private int run(String... options) {
        List<String> words = new ArrayList<>(List.of("serve"));
        words.addAll(List.of(options));
        return new Main(new PrintStream(out, true), new PrintStream(err, true), environment).run(words);
    }

    private String printed() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String said() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
