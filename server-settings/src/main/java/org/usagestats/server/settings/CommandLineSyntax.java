package org.usagestats.server.settings;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.DefaultParser;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;
import org.apache.commons.cli.ParseException;
import org.apache.commons.cli.UnrecognizedOptionException;
import org.usagestats.query.Nearest;
import org.usagestats.server.settings.Setting.Kind;
import org.usagestats.server.settings.Settings.Given;

/** The words of the command line. */
public final class CommandLineSyntax {

    private static final String ABOVE = """
            usage: usagestats-server serve --sink NAME:LOCATION [OPTION]...
                   usagestats-server query NAME:LOCATION QUESTION [--format table|csv|json|ndjson]
                   usagestats-server verify NAME:LOCATION
                   usagestats-server tail NAME:LOCATION [--lines N] [--no-follow]
                   usagestats-server export NAME:LOCATION [--format jsonl|csv] [--since TIME] [--until TIME]
                   usagestats-server import NAME:LOCATION FROM...

            serve takes usage reports in over HTTP, keeps them, and counts them.

            """;

    private static final String BELOW = """
              --print-config         print all settings and where each is from, and end
              --help                 print this and end
              --version              print the version and end

            query answers a question about what a sink keeps, also while a collector runs. A QUESTION is
            written as in the address of a collector, 'group_by=version&metrics=count,distinct(user)', or
            as a JSON object.

            verify looks at everything that a sink keeps, also while a collector runs, and prints what
            is damaged with its file and line. It ends with status 1 if something is.

            tail prints the newest reports, then those that arrive while a collector runs, a JSON object
            a line, until Ctrl-C:

            %tail
            export writes the reports to standard output:

            %export
            import brings reports in that were received elsewhere; what is there already stays as it is.
            A FROM is another sink, such as files:DIR for a folder of the original collector; or a folder
            in which a client kept reports that it could not send; or a file with a JSON object a line,
            as export and Python Analytics write it.

            Each option of serve may also be a variable of the environment, --token-file as
            USAGESTATS_TOKEN_FILE, or a line of the file, token-file = FILE; the command line wins
            over the environment, which wins over the file.

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
            Ask more:        curl 'http://127.0.0.1:8080/v1/query?group_by=time:day&metrics=distinct(user)&period=30d'
                             all about it: http://127.0.0.1:8080/v1/openapi.json
            Take them out:   curl http://127.0.0.1:8080/v1/download/import
            Watch it:        curl http://127.0.0.1:8080/metrics   (for Prometheus)
            """;

    private static final int HELP_COLUMN = 25;

    private CommandLineSyntax() {}

    /**
     * Explains the command: what it does, and each of its settings.
     *
     * @return lines for a terminal
     */
    public static String help() {
        String below = BELOW.replace("%tail", of(List.of(Setting.LINES, Setting.NO_FOLLOW)))
                .replace("%export", of(List.of(Setting.FORMAT, Setting.SINCE, Setting.UNTIL)));
        return ABOVE + of(Setting.of(Command.SERVE)) + below;
    }

    private static String of(List<Setting> settings) {
        StringBuilder text = new StringBuilder();
        for (Setting setting : settings) {
            append(setting, text);
        }
        return text.toString();
    }

    private static void append(Setting setting, StringBuilder text) {
        StringBuilder line = new StringBuilder("  ").append(setting.usage());
        if (line.length() >= HELP_COLUMN) {
            text.append(line).append('\n');
            line.setLength(0);
        }
        for (String help : setting.help()) {
            line.append(" ".repeat(HELP_COLUMN - line.length())).append(help);
            text.append(line).append('\n');
            line.setLength(0);
        }
    }

    /**
     * Reads what follows the command, and what is set elsewhere.
     *
     * @param command what is to be done
     * @param words what follows it on the command line
     * @param environment the variables, by name
     * @return all that is set
     * @throws SettingException if a word is wrong, in one line that says what is allowed
     * @throws IOException if the configuration file cannot be read
     */
    public static Settings settings(Command command, List<String> words, Map<String, String> environment)
            throws SettingException, IOException {
        CommandLine line = parsed(command, words);
        if (command == Command.SERVE && !line.getArgList().isEmpty()) {
            throw new SettingException("unknown word \"" + line.getArgList().get(0) + "\"");
        }
        Map<Setting, Given> typed = typed(command, line);
        Map<Setting, Given> variables = SettingSources.environment(environment);
        Optional<Given> file = Optional.ofNullable(typed.getOrDefault(Setting.CONFIG, variables.get(Setting.CONFIG)));
        Settings settings = new Settings(line.getArgList());
        if (file.isPresent()) {
            settings.over(SettingSources.file(Path.of(file.get().values().get(0))));
        }
        settings.over(variables);
        settings.over(typed);
        return settings;
    }

    private static Map<Setting, Given> typed(Command command, CommandLine line) throws SettingException {
        Map<Setting, Given> typed = new EnumMap<>(Setting.class);
        for (Setting setting : Setting.of(command)) {
            String label = "--" + setting.word();
            int count = line.hasOption(setting.word()) ? line.getOptionCount(setting.word()) : 0;
            if (count > 1 && setting.kind() != Kind.LIST) {
                throw new SettingException(label + " is given more than once");
            }
            if (count > 0) {
                String[] values = line.getOptionValues(setting.word());
                typed.put(
                        setting,
                        new Given(values == null ? List.of("true") : List.of(values), label, "the command line"));
            }
        }
        return typed;
    }

    private static CommandLine parsed(Command command, List<String> words) throws SettingException {
        try {
            return DefaultParser.builder()
                    .setAllowPartialMatching(false)
                    .setStripLeadingAndTrailingQuotes(false)
                    .get()
                    .parse(options(command), words.toArray(String[]::new));
        } catch (UnrecognizedOptionException unknown) {
            throw new SettingException(unknown(command, unknown.getOption().replaceFirst("=.*", "")));
        } catch (ParseException incomplete) {
            throw new SettingException(String.valueOf(incomplete.getMessage()));
        }
    }

    private static String unknown(Command command, String option) {
        List<String> options = new ArrayList<>();
        for (Setting setting : Setting.of(command)) {
            if (setting.kind() != Kind.SECRET) {
                options.add("--" + setting.word());
            } else if (option.equals("--" + setting.word())) {
                return option + " is not for the command line, which everybody can see: set " + setting.variable()
                        + " in the environment";
            }
        }
        return "unknown option " + option + ", the nearest is " + Nearest.of(options, option);
    }

    private static Options options(Command command) {
        Options options = new Options();
        for (Setting setting : Setting.of(command)) {
            if (setting.kind() != Kind.SECRET) {
                options.addOption(Option.builder()
                        .longOpt(setting.word())
                        .hasArg(setting.kind() != Kind.FLAG)
                        .get());
            }
        }
        return options;
    }
}
