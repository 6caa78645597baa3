package org.usagestats.core;

import java.io.File;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where this user's files belong on this platform: the XDG Base Directory Specification on Linux and its kin,
 * {@code Library} on macOS, the application data folders on Windows.
 */
final class Home {

    private final Map<String, String> environment;
    private final String system;
    private final String home;

    Home(Map<String, String> environment, String system, String home) {
        this.environment = environment;
        this.system = system;
        this.home = home;
    }

    static Home in(Map<String, String> environment) {
        return new Home(environment, System.getProperty("os.name", ""), System.getProperty("user.home", ""));
    }

    /** The directory for what a program keeps between runs, or null if the user has no home. */
    @Nullable
    File state() {
        if (system.startsWith("Windows")) {
            return folder("LOCALAPPDATA", "AppData\\Local");
        }
        return system.startsWith("Mac")
                ? folder(null, "Library/Application Support")
                : folder("XDG_STATE_HOME", ".local/state");
    }

    /** The directory for what a user configures, or null if the user has no home. */
    @Nullable
    File configuration() {
        if (system.startsWith("Windows")) {
            return folder("APPDATA", "AppData\\Roaming");
        }
        return system.startsWith("Mac")
                ? folder(null, "Library/Application Support")
                : folder("XDG_CONFIG_HOME", ".config");
    }

    private @Nullable File folder(@Nullable String variable, String underHome) {
        String named = variable == null ? null : environment.get(variable);
        if (named != null && new File(named).isAbsolute()) {
            return new File(named);
        }
        return new File(home).isAbsolute() ? new File(home, underHome) : null;
    }
}
