package org.usagestats.core;

import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.usagestats.api.Consent;

/**
 * Shows the prompt while there is something to decide: at most once a day, about new fields once in 30 days, and never in
 * continuous integration. When it did last, a file tells.
 */
final class Reminder {

    /** Tells when the prompt was last shown; a user's yes ends what it was about, and the next question is another. */
    static final String FILE = "prompted";

    private static final long DAY_MILLIS = 24L * 60 * 60 * 1000;

    /** Variables that continuous integration systems set: the common one, and those of systems that do not set it. */
    private static final String[] CI_VARIABLES = {
        "CI",
        "CONTINUOUS_INTEGRATION",
        "GITHUB_ACTIONS",
        "GITLAB_CI",
        "BUILD_NUMBER",
        "BUILD_ID",
        "TEAMCITY_VERSION",
        "TF_BUILD",
        "JENKINS_URL",
        "CODEBUILD_BUILD_ID",
        "BITBUCKET_BUILD_NUMBER"
    };

    private final UsageStatsClient.Builder settings;
    private final Spool spool;

    Reminder(UsageStatsClient.Builder settings, Spool spool) {
        this.settings = settings;
        this.spool = spool;
    }

    void show(long now, Consent consent, Declared declared) {
        boolean decided = consent.sending() && consent.newFields().isEmpty();
        if (decided
                || settings.prompt().isNone()
                || isContinuousIntegration(settings.environment)
                || !isTime(now, consent)) {
            return;
        }
        settings.prompt().show(settings.program, consent, declared);
    }

    /** Whether it is time to ask; if so, it is noted that this was done now. */
    boolean isTime(long now, Consent consent) {
        return !wasShown(now, consent.sending() ? 30 * DAY_MILLIS : DAY_MILLIS);
    }

    static boolean isContinuousIntegration(Map<String, String> environment) {
        for (String variable : CI_VARIABLES) {
            @Nullable String value = environment.get(variable);
            if (value != null && !value.isEmpty() && !value.equalsIgnoreCase("false")) {
                return true;
            }
        }
        return false;
    }

    private boolean wasShown(long now, long pause) {
        Directory directory = spool.directory();
        long age = now - directory.modified(FILE);
        if (directory.exists(FILE) && age >= 0 && age < pause) {
            return true;
        }
        try {
            directory.create();
            directory.touch(FILE, now);
            return false;
        } catch (IOException unwritable) {
            return true;
        }
    }
}
