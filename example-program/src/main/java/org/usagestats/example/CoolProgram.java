package org.usagestats.example;

import static org.usagestats.api.Flags.JAVA_VERSION;
import static org.usagestats.api.Flags.OPERATING_SYSTEM;
import static org.usagestats.api.Flags.SESSION_TIME;
import static org.usagestats.api.Note.note;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.DefaultParser;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;
import org.apache.commons.cli.ParseException;
import org.usagestats.api.UsageStats;

/** Says its words aloud, and keeps usage statistics as a program should: see {@code --help}. */
final class CoolProgram {

    private static final String ABOUT = """
            usage: cool-program [WORD...]
                   cool-program OPTION

            Says each WORD aloud, and learns with your consent how it is used.

            """;

    private static final String ENVIRONMENT = """

            environment:
              COOL_PROGRAM_USAGE_STATS   "off" switches usage statistics off, as does DO_NOT_TRACK=1
              COOL_PROGRAM_DROP_POINT    the collector's URL (http://127.0.0.1:8080/)
              COOL_PROGRAM_STATS_DIR     where reports wait (your state directory)
              COOL_PROGRAM_DISPATCH      "in-process" or "detached": where reports are sent from (in-process)
              COOL_PROGRAM_UPLOAD        "scheduled" or "every-submit": when they are sent (scheduled)
            """;

    private static final String HELP = "help";

    private final Map<String, String> environment;
    private final PrintStream out;
    private final PrintStream err;

    CoolProgram(Map<String, String> environment, PrintStream out, PrintStream err) {
        this.environment = environment;
        this.out = out;
        this.err = err;
    }

    /**
     * Runs the program.
     *
     * @param args words, or one option
     */
    public static void main(String[] args) {
        System.exit(new CoolProgram(System.getenv(), System.out, System.err).run(args));
    }

    /** Runs it and returns the exit status: 0 if all went well, 1 if something could not be done, 2 if it was misused. */
    int run(String... args) {
        Options options = new Options()
                .addOptionGroup(StatsOptions.group())
                .addOption(Option.builder().longOpt(HELP).desc("show this").get());
        try {
            CommandLine line = DefaultParser.builder()
                    .setAllowPartialMatching(false)
                    .setStripLeadingAndTrailingQuotes(false)
                    .get()
                    .parse(options, args);
            requireOptionsToStandAlone(line);
            return line.hasOption(HELP) ? help(options) : run(line);
        } catch (ParseException | IllegalArgumentException misuse) {
            err.println("cool-program: " + misuse.getMessage() + " (see cool-program --help)");
            return 2;
        }
    }

    private int run(CommandLine line) {
        try (UsageStats stats = Settings.of(environment).open()) {
            OptionalInt status = StatsOptions.run(line, stats, out);
            return status.isPresent() ? status.getAsInt() : say(line.getArgList(), stats);
        }
    }

    private int say(List<String> words, UsageStats stats) {
        for (String word : words) {
            out.println(word.toUpperCase(Locale.ROOT) + "!");
            stats.note("word", word);
        }
        stats.submit(note("what", "Ran the program"), OPERATING_SYSTEM, JAVA_VERSION, SESSION_TIME);
        return 0;
    }

    private int help(Options options) {
        out.print(ABOUT);
        for (Option option : options.getOptions()) {
            out.printf(Locale.ROOT, "  %-19s %s%n", "--" + option.getLongOpt(), option.getDescription());
        }
        out.print(ENVIRONMENT);
        return 0;
    }

    private static void requireOptionsToStandAlone(CommandLine line) throws ParseException {
        Option[] given = line.getOptions();
        if (given.length > 1 || (given.length == 1 && !line.getArgList().isEmpty())) {
            throw new ParseException("the option --" + given[0].getLongOpt() + " stands alone");
        }
    }
}
