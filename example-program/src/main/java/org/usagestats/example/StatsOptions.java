package org.usagestats.example;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.OptionGroup;
import org.usagestats.api.Consent;
import org.usagestats.api.Consent.State;
import org.usagestats.api.Drained;
import org.usagestats.api.Field;
import org.usagestats.api.Forgotten;
import org.usagestats.api.Report;
import org.usagestats.api.UsageStats;

/**
 * The options by which a program's user decides about usage statistics and looks at them, for programs that read their
 * command line with Commons CLI.
 *
 * <p>Made to be copied: it knows nothing of the program that has it.
 */
final class StatsOptions {

    private static final String ENABLE = "enable-stats";
    private static final String DISABLE = "disable-stats";
    private static final String SHOW = "show-stats";
    private static final String SEND = "send-stats";
    private static final String FORGET = "forget-stats";
    private static final String DECLARE = "what-we-collect";

    private static final Duration SENDING = Duration.ofSeconds(10);

    private final UsageStats stats;
    private final PrintStream out;

    private StatsOptions(UsageStats stats, PrintStream out) {
        this.stats = stats;
        this.out = out;
    }

    /** The options, of which a command line may have one. */
    static OptionGroup group() {
        return new OptionGroup()
                .addOption(option(ENABLE, "send usage statistics from now on"))
                .addOption(option(DISABLE, "keep and send nothing, and delete what waits"))
                .addOption(option(SHOW, "show what you decided, who gets reports, and every byte of them"))
                .addOption(option(SEND, "send what waits now, within " + SENDING.toSeconds() + " seconds"))
                .addOption(option(FORGET, "delete what waits, and have what was sent erased"))
                .addOption(option(DECLARE, "say what is collected, why, and who gets it"));
    }

    /**
     * Does what the command line says, if it has one of the options.
     *
     * @param line the command line, read with the options of the group
     * @param stats the program's usage statistics
     * @param out told what came of it
     * @return the exit status: 0 if it was done, 1 if it could not be; empty if none of the options is there
     */
    static OptionalInt run(CommandLine line, UsageStats stats, PrintStream out) {
        StatsOptions options = new StatsOptions(stats, out);
        for (Option option : line.getOptions()) {
            switch (String.valueOf(option.getLongOpt())) {
                case ENABLE:
                    return options.tell(stats.enableReporting(), State.ENABLED);
                case DISABLE:
                    return options.tell(stats.disableReporting(), State.DISABLED);
                case SHOW:
                    return options.show();
                case SEND:
                    return options.send();
                case FORGET:
                    return options.forget();
                case DECLARE:
                    return options.declare();
                default:
                // One of the program's own.
            }
        }
        return OptionalInt.empty();
    }

    private static Option option(String name, String description) {
        return Option.builder().longOpt(name).desc(description).get();
    }

    private OptionalInt tell(Consent consent, State wanted) {
        out.println(consent.reason());
        boolean off = wanted == State.DISABLED && consent.state() == State.DISABLED_BY_ENVIRONMENT;
        return status(consent.state() == wanted || off);
    }

    private OptionalInt show() {
        Consent consent = stats.consent();
        out.println(consent.state() + ": " + consent.reason());
        out.println("Reports go to " + stats.declared().recipient() + ".");
        if (!consent.newFields().isEmpty()) {
            out.print("New and withheld:\n" + Field.listing(consent.newFields()));
        }
        List<Report> pending = stats.pending();
        out.println(counted(pending.size(), "report waits", "reports wait"));
        print(pending);
        List<Report> sent = stats.journal();
        out.println((pending.isEmpty() ? "" : "\n") + counted(sent.size(), "report was sent", "reports were sent"));
        print(sent);
        return status(true);
    }

    private OptionalInt send() {
        Drained drained = stats.deliver(SENDING);
        out.println(drained.delivered() + " delivered, " + drained.remaining() + " remain. " + drained.detail());
        return status(drained.remaining() == 0);
    }

    private OptionalInt forget() {
        Forgotten forgotten = stats.forget();
        out.println(forgotten.reason());
        Consent consent = stats.consent();
        if (consent.sending()) {
            out.println("Usage statistics stay enabled; --" + DISABLE + " stops them.");
        }
        return status(consent.state() != State.ERRORED);
    }

    private OptionalInt declare() {
        out.print(stats.declared().markdown());
        return status(true);
    }

    private void print(List<Report> reports) {
        for (Report report : reports) {
            out.println();
            out.print(visible(report.text()));
        }
    }

    /**
     * Returns a report's text as a terminal shall show it. A note may hold anything, such as a file name with an escape
     * sequence in it: printed as it is, that could recolour the terminal, hide the lines before it, or type for the user.
     * Control and other invisible characters are therefore written as in Java, {@code \}{@code u001b} and the like, and a
     * backslash is doubled, so that nothing that is shown stands for two things.
     */
    static String visible(String text) {
        StringBuilder visible = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (c == '\\') {
                visible.append("\\\\");
            } else if (c == '\n' || !isInvisible(c)) {
                visible.appendCodePoint(c);
            } else {
                for (char half : Character.toChars(c)) {
                    visible.append(String.format(Locale.ROOT, "\\u%04x", (int) half));
                }
            }
        });
        return visible.toString();
    }

    private static boolean isInvisible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }

    private static String counted(int count, String one, String many) {
        return count + " " + (count == 1 ? one : many) + (count == 0 ? "." : ":");
    }

    private static OptionalInt status(boolean done) {
        return OptionalInt.of(done ? 0 : 1);
    }
}
