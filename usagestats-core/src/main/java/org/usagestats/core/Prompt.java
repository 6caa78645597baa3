package org.usagestats.core;

import org.jspecify.annotations.Nullable;

/**
 * How a user who has not decided is told that there is something to decide.
 *
 * <p>Shown on standard error when a report is submitted, at most once a day, and never in continuous integration, where no
 * one reads it.
 */
public final class Prompt {

    private static final Prompt NONE = new Prompt(null);

    private final @Nullable String text;

    private Prompt(@Nullable String text) {
        this.text = text;
    }

    /**
     * Asks in the usual words, naming the two commands that decide.
     *
     * @param enable the command that says yes
     * @param disable the command that says no
     * @return the prompt
     */
    public static Prompt forCommands(String enable, String disable) {
        return new Prompt("\nUploading usage statistics is currently DISABLED\n"
                + "Please help us by providing anonymous usage statistics; you can enable this\n"
                + "by running:\n    "
                + enable
                + "\nIf you do not want to see this message again, you can run:\n    "
                + disable
                + "\nNothing will be uploaded before you opt in.\n");
    }

    /**
     * Asks in the program's own words.
     *
     * @param text what to show, with its line breaks
     * @return the prompt
     */
    public static Prompt ofText(String text) {
        return new Prompt(text);
    }

    /**
     * Shows nothing, for programs that ask in a window or are configured by an administrator.
     *
     * @return the prompt that is none
     */
    public static Prompt none() {
        return NONE;
    }

    @Nullable
    String text() {
        return text;
    }
}
