package org.usagestats.core;

import java.io.File;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The environment's ways to switch usage statistics off, whatever the user or the program says. None but the last can
 * switch them on, and that only for a user who has not decided.
 *
 * <p>They are the program's own variable, {@code DO_NOT_TRACK}, the system property {@code usagestats.disabled}, the file
 * {@code usage-stats/off} in the user's configuration folder, and the administrator's policy.
 */
final class Switches {

    private final String variable;
    private final Map<String, String> environment;
    private final @Nullable File offFile;
    private final Policy policy;

    Switches(String variable, Map<String, String> environment, @Nullable File configuration, Policy policy) {
        this.variable = variable;
        this.environment = environment;
        this.offFile = configuration == null ? null : new File(new File(configuration, "usage-stats"), "off");
        this.policy = policy;
    }

    /** Looks at all of them afresh. Returns who says off, in a sentence fit to show, or null if nobody does. */
    @Nullable
    String off() {
        if (!meansOn(environment.get(variable))) {
            return "Usage statistics are switched off by the environment variable " + variable + ".";
        }
        if (!meansNoWish(environment.get("DO_NOT_TRACK"))) {
            return "Usage statistics are switched off by the environment variable DO_NOT_TRACK.";
        }
        String property = System.getProperty("usagestats.disabled");
        if (property != null && (property.isBlank() || !meansNoWish(property))) {
            return "Usage statistics are switched off by the system property usagestats.disabled.";
        }
        if (offFile != null && offFile.exists()) {
            return "Usage statistics are switched off for all programs by the file " + offFile + ".";
        }
        return policy.off();
    }

    /** Who says on if the user says nothing, in a sentence fit to show, or null; as seen when nobody said off. */
    @Nullable
    String on() {
        return policy.on();
    }

    /** The truth table of the Python library for its own variable: any word but these switches off. */
    private static boolean meansOn(@Nullable String value) {
        return switch (normal(value)) {
            case "", "1", "on", "enabled", "yes", "true" -> true;
            default -> false;
        };
    }

    private static boolean meansNoWish(@Nullable String value) {
        return switch (normal(value)) {
            case "", "0", "off", "disabled", "no", "false" -> true;
            default -> false;
        };
    }

    private static String normal(@Nullable String value) {
        return value == null ? "" : value.trim().toLowerCase(Locale.ROOT);
    }
}
