package org.usagestats.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.usagestats.server.senders.AddressKeeping;
import org.usagestats.server.settings.Command;
import org.usagestats.server.settings.CommandLineSyntax;
import org.usagestats.sink.Durability;
import org.usagestats.sink.SinkConfig;

class CommandLineTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void a_sink_is_all_that_serve_needs() throws Exception {
        assertThat(serve(List.of("--sink", "jsonl:/var/lib/a:b")))
                .isEqualTo(new ServeArguments(
                        "jsonl",
                        new SinkConfig("/var/lib/a:b", Durability.ALWAYS, "collector", Map.of()),
                        new InetSocketAddress("127.0.0.1", 8080),
                        AddressKeeping.NONE));
    }

    @Test
    void every_option_is_understood() throws Exception {
        assertThat(serve(words("--sink files:C:\\reports --listen [::1]:0 --durability interval"
                        + " --instance east-1 --keep-address truncated --sink-option a=1 --sink-option b=x=y=")))
                .isEqualTo(new ServeArguments(
                        "files",
                        new SinkConfig("C:\\reports", Durability.INTERVAL, "east-1", Map.of("a", "1", "b", "x=y=")),
                        new InetSocketAddress("::1", 0),
                        AddressKeeping.TRUNCATED));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`` | the command is one of serve, query, verify, tail, export, import",
                "help | the command is one of serve, query, verify, tail, export, import, not \"help\"",
                "serve | serve needs --sink NAME:LOCATION, such as jsonl:reports",
                "serve --sink | Missing argument for option: sink",
                "serve --sink files | --sink takes NAME:LOCATION, such as jsonl:reports, not \"files\"",
                "serve --sink Files:x | --sink takes NAME:LOCATION, such as jsonl:reports, not \"Files:x\"",
                "serve --sink a:b --sink c:d | --sink is given more than once",
                "serve --sink a:b more | unknown word \"more\"",
                "serve --sink a:b --listn x | unknown option --listn, the nearest is --listen",
                "serve --sink a:b --dura os | unknown option --dura, the nearest is --durability",
                "serve --sink a:b --listen 8080 | --listen takes HOST:PORT, such as 127.0.0.1:8080, not \"8080\"",
                "serve --sink a:b --listen x:y | --listen takes HOST:PORT, such as 127.0.0.1:8080, not \"x:y\"",
                "serve --sink a:b --listen localhost:65536 | --listen takes a port from 0 to 65535, not 65536",
                "serve --sink a:b --durability never | --durability takes always, interval, os, not \"never\"",
                "serve --sink a:b --keep-address FULL | --keep-address takes none, truncated, full, not \"FULL\"",
                "serve --sink a:b --sink-option x | --sink-option takes KEY=VALUE, not \"x\"",
                "serve --sink a:b --tokens x | --tokens is not for the command line, which everybody can see:"
                        + " set USAGESTATS_TOKENS in the environment",
                "serve --sink a:b --tls-password=x | --tls-password is not for the command line, which everybody can see:"
                        + " set USAGESTATS_TLS_PASSWORD in the environment",
                "serve --sink a:b --rate-limit 60 | --rate-limit takes N/min, such as 60/min, or off, not \"60\"",
                "serve --sink a:b --rate-limit 0/min | --rate-limit takes N/min, such as 60/min, or off, not \"0/min\"",
                "serve --sink a:b --tls-cert x | --tls-cert and --tls-key are given together",
                "serve --sink a:b --tls-cert x --tls-key y --tls-keystore z"
                        + " | --tls-keystore is given instead of --tls-cert and --tls-key",
                "serve --sink a:b --tls-keystore z | --tls-keystore needs a password: give --tls-password-file, or set"
                        + " USAGESTATS_TLS_PASSWORD in the environment",
                "serve --sink a:b --sink-option x=1 --sink-option x=2 | --sink-option x is given more than once",
            })
    void a_wrong_word_is_answered_in_one_line_with_status_2(String line, String answer) {
        assertThat(run(line)).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .isEqualToIgnoringNewLines(
                        "usagestats-server: " + answer.strip() + " (usagestats-server --help says more)");
        assertThat(out.size()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "serve --sink nothing:x | there is no sink \"nothing\", add org.usagestats:usagestats-sink-nothing",
                "serve --sink a:b --listen 0.0.0.0:0 | cannot listen on 0.0.0.0, beyond this machine, without TLS",
                "serve --sink a:b --listen no.such.host.invalid:1 | there is no host no.such.host.invalid",
                "serve --sink a:b --listen 0.0.0.0:0 --behind-proxy"
                        + " | cannot listen on 0.0.0.0, beyond this machine, without a token for reading",
                "serve --sink a:b --trusted-proxy proxy | a network is an address or ADDRESS/BITS",
                "serve --sink a:b --host a:80 | a host is a name or an address without a port",
                "serve --sink a:b --allow-origin * | an origin is written as browsers do",
                "serve --sink a:b --instance EAST | an instance is named by 1 to 32 of the characters a-z, 0-9 and -",
            })
    void what_cannot_work_is_answered_in_one_line_with_status_2(String line, String answer) {
        assertThat(run(line)).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8).lines())
                .singleElement()
                .asString()
                .startsWith("usagestats-server: " + answer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "serve --help", "serve --sink a:b --help"})
    void help_goes_to_standard_output(String line) {
        assertThat(run(line)).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(CommandLineSyntax.help());
        assertThat(err.size()).isZero();
    }

    @Test
    void the_version_goes_to_standard_output() {
        assertThat(run("--version")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("usagestats-server ");
    }

    @Test
    void the_limits_of_the_http_server_are_set_before_anything_else_unless_the_operator_set_them() {
        System.setProperty("sun.net.httpserver.maxReqHeaders", "77");

        Main.main(new String[] {"--version"});

        assertThat(System.getProperty("sun.net.httpserver.nodelay")).isEqualTo("true");
        assertThat(System.getProperty("sun.net.httpserver.maxReqTime")).isEqualTo("10");
        assertThat(System.getProperty("sun.net.httpserver.maxReqHeaders")).isEqualTo("77");
        assertThat(Logger.getLogger("").getHandlers())
                .extracting(Handler::getFormatter)
                .hasOnlyElementsOfType(LogLine.class);
    }

    private int run(String line) {
        return new Main(new PrintStream(out, true), new PrintStream(err, true), Map.of()).run(words(line));
    }

    private static ServeArguments serve(List<String> words) throws Exception {
        return ServeArguments.of(CommandLineSyntax.settings(Command.SERVE, words, Map.of()));
    }

    private static List<String> words(String line) {
        return line.isBlank() ? List.of() : List.of(line.strip().split(" "));
    }
}
