package org.usagestats.core;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.usagestats.api.Consent;
import org.usagestats.api.Field;

/**
 * How a user who has not decided is told that there is something to decide: about usage statistics as such, about a recipient
 * that changed, or about what is new since the user said yes.
 *
 * <p>Shown when a report is submitted, on standard error unless the program takes it, at most once a day, about new fields
 * once in 30 days, and never in continuous integration, where no one reads it. A program that declares its fields has them
 * listed.
 */
public final class Prompt {

    private static final Prompt NONE = new Prompt(null, null, null, null);

    private final @Nullable String enable;
    private final @Nullable String disable;
    private final @Nullable String text;
    private final @Nullable Consumer<String> reader;

    private Prompt(
            @Nullable String enable,
            @Nullable String disable,
            @Nullable String text,
            @Nullable Consumer<String> reader) {
        this.enable = enable;
        this.disable = disable;
        this.text = text;
        this.reader = reader;
    }

    /**
     * Asks in the usual words, naming the two commands that decide.
     *
     * @param enable the command that says yes
     * @param disable the command that says no
     * @return the prompt
     */
    public static Prompt forCommands(String enable, String disable) {
        return new Prompt(
                enable,
                disable,
                "\nUploading usage statistics is currently DISABLED\n"
                        + "Please help us by providing anonymous usage statistics; you can enable this\n"
                        + "by running:\n    "
                        + enable
                        + "\nIf you do not want to see this message again, you can run:\n    "
                        + disable
                        + "\nNothing will be uploaded before you opt in.\n",
                null);
    }

    /**
     * Asks in the program's own words.
     *
     * @param text what to show, with its line breaks, to a user who never decided
     * @return the prompt
     */
    public static Prompt ofText(String text) {
        return new Prompt(null, null, text, null);
    }

    /**
     * Hands the question to the program, which shows it in a window or writes it to its log.
     *
     * @param reader given the question as text of several lines, on the thread that submits; what it throws is passed over
     * @return the prompt
     */
    public static Prompt to(Consumer<String> reader) {
        return new Prompt(null, null, null, reader);
    }

    /**
     * Shows nothing, for programs that ask in a window or are configured by an administrator.
     *
     * @return the prompt that is none
     */
    public static Prompt none() {
        return NONE;
    }

    boolean isNone() {
        return this == NONE;
    }

    /** The command that says yes, if the prompt names it. */
    @Nullable
    String enable() {
        return enable;
    }

    /** The command that says no, if the prompt names it. */
    @Nullable
    String disable() {
        return disable;
    }

    void show(String program, Consent consent, Declared declared) {
        String question = question(program, consent, declared);
        if (reader == null) {
            System.err.print(question);
            return;
        }
        try {
            reader.accept(question);
        } catch (Throwable failed) {
            DebugLog.say("the prompt could not be shown: " + DebugLog.told(failed));
        }
    }

    private String question(String program, Consent consent, Declared declared) {
        if (consent.sending()) {
            return "\n" + program + " now asks for usage statistics that you have not agreed to:\n"
                    + Field.listing(consent.newFields()) + "They are not sent unless you agree" + commands();
        }
        if (!consent.equals(ConsentBook.UNSET)) {
            return "\n" + consent.reason() + "\nNothing is sent there unless you agree" + commands();
        }
        String first = text != null
                ? text
                : "\n" + program + " would like to send usage statistics to " + declared.recipient()
                        + ".\nNothing is sent before you agree.\n";
        return declared.isInForce()
                ? first + "What would be sent, to " + declared.recipient() + ":\n" + Field.listing(declared.fields())
                : first;
    }

    private String commands() {
        return enable == null
                ? ".\n"
                : ", by running:\n    " + enable + "\nTo stop all usage statistics, you can run:\n    " + disable
                        + "\n";
    }
}
