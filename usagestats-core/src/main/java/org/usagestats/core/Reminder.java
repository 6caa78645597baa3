package org.usagestats.core;

import java.io.File;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Shows the prompt, at most once a day and never in continuous integration; when it did last, the file {@code prompted} tells. */
final class Reminder {

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

    private final Prompt prompt;
    private final Map<String, String> environment;
    private final Spool spool;

    Reminder(Prompt prompt, Map<String, String> environment, Spool spool) {
        this.prompt = prompt;
        this.environment = environment;
        this.spool = spool;
    }

    void show(long now) {
        String text = prompt.text();
        if (text == null || isContinuousIntegration() || wasShownToday(now)) {
            return;
        }
        System.err.print(text);
    }

    private boolean isContinuousIntegration() {
        for (String variable : CI_VARIABLES) {
            @Nullable String value = environment.get(variable);
            if (value != null && !value.isEmpty() && !value.equalsIgnoreCase("false")) {
                return true;
            }
        }
        return false;
    }

    private boolean wasShownToday(long now) {
        File shown = spool.file("prompted");
        long age = now - shown.lastModified();
        if (shown.exists() && age >= 0 && age < DAY_MILLIS) {
            return true;
        }
        try {
            if (!shown.createNewFile()) {
                shown.setLastModified(now);
            }
            return false;
        } catch (IOException unwritable) {
            return true;
        }
    }
}
