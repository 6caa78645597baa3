package org.usagestats.example;

import static org.usagestats.api.Flags.JAVA_VERSION;
import static org.usagestats.api.Flags.OPERATING_SYSTEM;
import static org.usagestats.api.Flags.SESSION_TIME;
import static org.usagestats.api.Note.note;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.usagestats.api.Consent;
import org.usagestats.api.Drained;
import org.usagestats.api.Report;
import org.usagestats.api.UsageStats;

/** Says its words aloud, and keeps usage statistics as a program should: see {@code --help}. */
final class CoolProgram {

    private static final String HELP = """
            usage: cool-program [WORD...]
                   cool-program --enable-stats | --disable-stats | --show-stats | --send-stats

            Says each WORD aloud, and learns with your consent how it is used.

              --enable-stats    send usage statistics from now on
              --disable-stats   keep and send nothing, and delete what waits
              --show-stats      show what you decided, who gets reports, and every byte that waits
              --send-stats      send what waits now, within 10 seconds

            environment:
              COOL_PROGRAM_USAGE_STATS   "off" switches usage statistics off, as does DO_NOT_TRACK=1
              COOL_PROGRAM_DROP_POINT    the collector's URL (http://127.0.0.1:8080/)
              COOL_PROGRAM_STATS_DIR     where reports wait (your state directory)
              COOL_PROGRAM_DISPATCH      "in-process" or "detached": where reports are sent from (in-process)
              COOL_PROGRAM_UPLOAD        "scheduled" or "every-submit": when they are sent (scheduled)
            """;

    private CoolProgram() {}

    /**
     * Runs the program.
     *
     * @param args words, or one option
     */
    public static void main(String[] args) {
        System.exit(run(List.of(args)));
    }

    private static int run(List<String> args) {
        String first = args.isEmpty() ? "" : args.get(0);
        if (first.equals("--help")) {
            System.out.print(HELP);
            return 0;
        }
        if (first.startsWith("-") && args.size() > 1) {
            return misused("the option " + first + " stands alone");
        }
        try (UsageStats stats = Settings.of(System.getenv()).open()) {
            return switch (first) {
                case "--enable-stats" -> tell(stats.enableReporting(), Consent.State.ENABLED);
                case "--disable-stats" -> tell(stats.disableReporting(), Consent.State.DISABLED);
                case "--show-stats" -> show(stats);
                case "--send-stats" -> send(stats);
                default -> first.startsWith("-") ? misused("there is no option " + first) : say(args, stats);
            };
        } catch (IllegalArgumentException wrongSetting) {
            return misused(String.valueOf(wrongSetting.getMessage()));
        }
    }

    private static int say(List<String> words, UsageStats stats) {
        for (String word : words) {
            System.out.println(word.toUpperCase(Locale.ROOT) + "!");
            stats.note("word", word);
        }
        stats.submit(note("what", "Ran the program"), OPERATING_SYSTEM, JAVA_VERSION, SESSION_TIME);
        return 0;
    }

    private static int tell(Consent consent, Consent.State wanted) {
        System.out.println(consent.reason());
        boolean off = wanted == Consent.State.DISABLED && consent.state() == Consent.State.DISABLED_BY_ENVIRONMENT;
        return consent.state() == wanted || off ? 0 : 1;
    }

    private static int show(UsageStats stats) {
        System.out.println(stats.consent().state() + ": " + stats.consent().reason());
        System.out.println("Reports go to " + stats.declared().recipient() + ".");
        List<Report> pending = stats.pending();
        System.out.println(pending.size() + (pending.size() == 1 ? " report waits." : " reports wait."));
        for (Report report : pending) {
            System.out.println();
            System.out.print(report.text());
        }
        return 0;
    }

    private static int send(UsageStats stats) {
        Drained drained = stats.deliver(Duration.ofSeconds(10));
        System.out.println(drained.delivered() + " delivered, " + drained.remaining() + " remain. " + drained.detail());
        return drained.remaining() == 0 ? 0 : 1;
    }

    private static int misused(String what) {
        System.err.println("cool-program: " + what + " (see cool-program --help)");
        return 2;
    }
}
