package org.usagestats.server;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.DefaultParser;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;
import org.apache.commons.cli.ParseException;
import org.jspecify.annotations.Nullable;
import org.usagestats.sink.Durability;
import org.usagestats.sink.SinkConfig;

/** The words of the command line. */
final class CommandLineSyntax {

    static final String HELP = """
            usage: usagestats-server serve --sink NAME:LOCATION [OPTION]...

            Takes usage reports in over HTTP, keeps them, and counts them.

              --sink NAME:LOCATION   where reports are kept:
                                       files:DIR   each in a file of its own
                                       jsonl:DIR   JSON Lines, for many reports
                                     further sinks are jars in the directory "plugins"
              --listen HOST:PORT     the address to listen on, of this machine only
                                     (127.0.0.1:8080; port 0 takes a free one)
              --durability LEVEL     what the answer "stored" promises:
                                       always     survives a power cut (the default)
                                       interval   a power cut may cost the last second
                                       os         the operating system decides
              --instance NAME        this collector's name among those that share LOCATION,
                                     of a-z, 0-9 and - (collector)
              --keep-address HOW     what is kept of a sender's address:
                                       none (the default), truncated (/24, /48), full
              --sink-option KEY=VALUE
                                     an option of the sink; may be repeated
              --help                 print this and end
              --version              print the version and end

            It prints the address it listens on, and stops in good order on SIGTERM or Ctrl-C.

            A report has at most 512 KiB, also when inflated: it may come with Content-Encoding: gzip.

            Send a report:   printf 'date:1789000000.000\\nprogram:try\\n' | curl --data-binary @- http://127.0.0.1:8080/
            Send many:       curl --data-binary @reports.ndjson http://127.0.0.1:8080/v1/reports
                             each line is {"id":"UUID","report":{"name":value}}, where the id may be left out;
                             at most 10000 lines and 8 MiB; the answer has a result for each line
                             beside an id "erase":"HASH" may stand, the header Usagestats-Erase of a single report
            Erase them:      curl --data-binary 'UUID SECRET' http://127.0.0.1:8080/v1/erasures
                             HASH is the SHA-256 of the 64 hexadecimal digits of SECRET; at most 1000 lines
            Count reports:   curl 'http://127.0.0.1:8080/v1/count?group_by=program'
            Take them out:   curl http://127.0.0.1:8080/v1/download/import
            Watch it:        curl http://127.0.0.1:8080/metrics   (for Prometheus)
            """;

    private static final String SINK = "sink";
    private static final String LISTEN = "listen";
    private static final String DURABILITY = "durability";
    private static final String INSTANCE = "instance";
    private static final String KEEP_ADDRESS = "keep-address";
    private static final String SINK_OPTION = "sink-option";

    private static final Pattern NAME_AND_LOCATION = Pattern.compile("([a-z0-9-]+):(.+)");
    private static final Pattern HOST_AND_PORT = Pattern.compile("\\[?([^\\[\\]\\s]+)]?:([0-9]{1,5})");
    private static final Pattern KEY_AND_VALUE = Pattern.compile("([^=]+)=(.*)");

    private CommandLineSyntax() {}

    /**
     * Reads what follows {@code serve}.
     *
     * @throws ParseException if a word is wrong, in one line that says what is allowed
     * @throws IllegalArgumentException likewise
     */
    static ServeArguments serve(List<String> words) throws ParseException {
        CommandLine line = DefaultParser.builder()
                .setAllowPartialMatching(false)
                .setStripLeadingAndTrailingQuotes(false)
                .get()
                .parse(options(), words.toArray(String[]::new));
        requireEachOnce(line);
        if (!line.hasOption(SINK)) {
            throw new ParseException("serve needs --sink NAME:LOCATION, such as jsonl:reports");
        }
        Matcher sink =
                matched(SINK, line.getOptionValue(SINK), NAME_AND_LOCATION, "NAME:LOCATION, such as jsonl:reports");
        SinkConfig config = new SinkConfig(
                sink.group(2),
                choice(Durability.class, DURABILITY, line.getOptionValue(DURABILITY, "always")),
                line.getOptionValue(INSTANCE, "collector"),
                sinkOptions(line));
        return new ServeArguments(
                sink.group(1),
                config,
                address(line.getOptionValue(LISTEN, "127.0.0.1:8080")),
                choice(AddressKeeping.class, KEEP_ADDRESS, line.getOptionValue(KEEP_ADDRESS, "none")));
    }

    private static Options options() {
        Options options = new Options();
        for (String name : List.of(SINK, LISTEN, DURABILITY, INSTANCE, KEEP_ADDRESS, SINK_OPTION)) {
            options.addOption(Option.builder().longOpt(name).hasArg().get());
        }
        return options;
    }

    private static void requireEachOnce(CommandLine line) throws ParseException {
        if (!line.getArgList().isEmpty()) {
            throw new ParseException("unknown word \"" + line.getArgList().get(0) + "\"");
        }
        for (String name : List.of(SINK, LISTEN, DURABILITY, INSTANCE, KEEP_ADDRESS)) {
            if (line.getOptionCount(name) > 1) {
                throw new ParseException("--" + name + " is given more than once");
            }
        }
    }

    private static InetSocketAddress address(String text) throws ParseException {
        Matcher parts = matched(LISTEN, text, HOST_AND_PORT, "HOST:PORT, such as 127.0.0.1:8080");
        int port = Integer.parseInt(parts.group(2));
        if (port > 65_535) {
            throw new ParseException("--listen takes a port from 0 to 65535, not " + port);
        }
        return new InetSocketAddress(parts.group(1), port);
    }

    private static Map<String, String> sinkOptions(CommandLine line) throws ParseException {
        Map<String, String> options = new HashMap<>();
        String @Nullable [] given = line.getOptionValues(SINK_OPTION);
        for (String option : given == null ? new String[0] : given) {
            Matcher parts = matched(SINK_OPTION, option, KEY_AND_VALUE, "KEY=VALUE");
            if (options.put(parts.group(1), parts.group(2)) != null) {
                throw new ParseException("--sink-option " + parts.group(1) + " is given more than once");
            }
        }
        return options;
    }

    private static Matcher matched(String option, String value, Pattern form, String allowed) throws ParseException {
        Matcher matcher = form.matcher(value);
        if (!matcher.matches()) {
            throw new ParseException("--" + option + " takes " + allowed + ", not \"" + value + "\"");
        }
        return matcher;
    }

    /** The constant whose name is the word in capitals. */
    private static <E extends Enum<E>> E choice(Class<E> type, String option, String word) throws ParseException {
        List<String> words = new ArrayList<>();
        for (E constant : type.getEnumConstants()) {
            String name = constant.name().toLowerCase(Locale.ROOT);
            if (name.equals(word)) {
                return constant;
            }
            words.add(name);
        }
        throw new ParseException("--" + option + " takes " + String.join(", ", words) + ", not \"" + word + "\"");
    }
}
