package org.usagestats.example;

import static org.usagestats.api.Flags.JAVA_VERSION;
import static org.usagestats.api.Flags.OPERATING_SYSTEM;
import static org.usagestats.api.Flags.SESSION_TIME;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.usagestats.api.UsageStats;
import org.usagestats.core.Prompt;
import org.usagestats.core.UploadSchedule;
import org.usagestats.core.UsageStatsClient;

/** The program's usage statistics, with every choice that a program makes once here left to the environment to try. */
final class Settings {

    private final UsageStatsClient.Builder builder = UsageStatsClient.builder("cool-program", "0.1")
            .prompt(Prompt.forCommands("cool-program --enable-stats", "cool-program --disable-stats"))
            .uniqueUserId()
            .collects("word", "which words people want said aloud")
            .collects("what", "what the program was asked to do")
            .collects(OPERATING_SYSTEM, JAVA_VERSION, SESSION_TIME);

    private final Map<String, String> environment;

    private Settings(Map<String, String> environment) {
        this.environment = environment;
    }

    /** Reads the choices; one that there is not is an {@link IllegalArgumentException} that says which there are. */
    static Settings of(Map<String, String> environment) {
        Settings settings = new Settings(environment);
        settings.builder.dropPoint(URI.create(settings.value("COOL_PROGRAM_DROP_POINT", "http://127.0.0.1:8080/")));
        String directory = settings.value("COOL_PROGRAM_STATS_DIR", "");
        if (!directory.isEmpty()) {
            settings.builder.location(Path.of(directory));
        }
        if (settings.choice("COOL_PROGRAM_DISPATCH", "in-process", "detached").equals("detached")) {
            settings.builder.detached();
        }
        if (settings.choice("COOL_PROGRAM_UPLOAD", "scheduled", "every-submit").equals("every-submit")) {
            settings.builder.uploads(UploadSchedule.everySubmit());
        }
        return settings;
    }

    UsageStats open() {
        return builder.open();
    }

    private String choice(String variable, String usual, String other) {
        String value = value(variable, usual);
        if (!value.equals(usual) && !value.equals(other)) {
            throw new IllegalArgumentException(
                    variable + " is \"" + usual + "\" or \"" + other + "\", not \"" + value + "\"");
        }
        return value;
    }

    private String value(String variable, String usual) {
        String value = environment.get(variable);
        return value == null || value.isEmpty() ? usual : value;
    }
}
