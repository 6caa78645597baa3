package org.usagestats.core;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.usagestats.api.Consent;
import org.usagestats.api.Consent.State;
import org.usagestats.api.Declaration;
import org.usagestats.api.Field;
import org.usagestats.api.UsageStats;

/** Ready-made questions that a program may put to its user. */
public final class Ask {

    private Ask() {}

    /**
     * Asks at the terminal whether usage statistics may be sent, and carries out the answer. The user is asked once: {@code y}
     * and {@code yes} enable, any other line disables, and so does silence. A user who said yes before is asked about what
     * the program declares since, at most once in 30 days; only a yes changes anything then.
     *
     * <p>The question goes to standard error. It is not put, and nothing is shown, if there is nothing to decide, in
     * continuous integration, if standard input or standard error is no terminal, if the program runs in the background, or
     * if something was typed already, which would be no answer. (Elsewhere than on Linux the JDK tells about standard input
     * and output only, and these are looked at.)
     *
     * <p>Waits on the caller's thread and starts none. Of {@code System.in} it reads the line of the answer and nothing else,
     * nothing at all if there is none; the program can go on reading. If the thread is interrupted, no answer is kept, and
     * the thread stays interrupted.
     *
     * @param stats the program's usage statistics
     * @param limit how long to wait for an answer, at most a day; if it is not positive, nothing is asked
     * @return where consent stands afterwards
     */
    public static Consent onConsole(UsageStats stats, Duration limit) {
        Consent consent = stats.consent();
        Terminal terminal = new Terminal(System.in);
        if (limit.isNegative()
                || limit.isZero()
                || Reminder.isContinuousIntegration(System.getenv())
                || !terminal.isReady()
                || !isOpen(consent, stats)) {
            return consent;
        }
        System.err.print(question(consent, stats));
        System.err.flush();
        String answer = terminal.line(limit);
        if (answer == null) {
            System.err.println();
        }
        return answer == null && Thread.currentThread().isInterrupted()
                ? stats.consent()
                : carryOut(isYes(answer), consent, stats);
    }

    /** Whether there is something to decide, now. */
    private static boolean isOpen(Consent consent, UsageStats stats) {
        if (consent.state() == State.UNSET) {
            return true;
        }
        return !consent.newFields().isEmpty() && (!(stats instanceof Client client) || client.isTimeToAsk(consent));
    }

    private static String question(Consent consent, UsageStats stats) {
        Declaration declared = stats.declared();
        if (consent.sending()) {
            return "\n" + declared.program() + " would like to send more usage statistics to " + declared.recipient()
                    + ":\n" + Field.listing(consent.newFields())
                    + "They are sent only if you agree; what you agreed to before is sent in any case.\n"
                    + "Send them too? [y/N] ";
        }
        boolean isListed = !(stats instanceof Client client) || client.declaresAll();
        return "\n" + declared.program() + " would like to send usage statistics to " + declared.recipient() + ", "
                + declared.frequency() + ".\n"
                + (isListed ? "They hold:\n" + Field.listing(declared.fields()) : "")
                + consent.reason() + "\nSend usage statistics? [y/N] ";
    }

    private static boolean isYes(@Nullable String answer) {
        String word = answer == null ? "" : answer.trim().toLowerCase(Locale.ROOT);
        return word.equals("y") || word.equals("yes");
    }

    private static Consent carryOut(boolean yes, Consent before, UsageStats stats) {
        if (!yes && before.sending()) {
            return before;
        }
        Consent after = yes ? stats.enableReporting() : stats.disableReporting();
        Prompt prompt = stats instanceof Client client ? client.prompt() : Prompt.none();
        String command = yes ? prompt.disable() : prompt.enable();
        if (after.sending() != yes) {
            System.err.println(after.reason());
        } else if (command != null) {
            System.err.println("You can change your mind at any time: " + command);
        }
        return after;
    }
}
