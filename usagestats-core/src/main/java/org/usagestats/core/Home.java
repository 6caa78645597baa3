package org.usagestats.core;

import java.io.File;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where this user's files and the administrator's belong on this platform: the XDG Base Directory Specification on Linux and its kin,
 * {@code Library} on macOS, the application data folders on Windows.
 */
final class Home {

    private final Map<String, String> environment;
    private final String platform;
    private final String home;

    Home(Map<String, String> environment, String platform, String home) {
        this.environment = environment;
        this.platform = platform;
        this.home = home;
    }

    static Home in(Map<String, String> environment) {
        return new Home(environment, System.getProperty("os.name", ""), System.getProperty("user.home", ""));
    }

    /** The directory for what a program keeps between runs, or null if the user has no home. */
    @Nullable
    File state() {
        if (platform.startsWith("Windows")) {
            return folder("LOCALAPPDATA", "AppData\\Local");
        }
        return platform.startsWith("Mac")
                ? folder(null, "Library/Application Support")
                : folder("XDG_STATE_HOME", ".local/state");
    }

    /** The directory for what a user configures, or null if the user has no home. */
    @Nullable
    File configuration() {
        if (platform.startsWith("Windows")) {
            return folder("APPDATA", "AppData\\Roaming");
        }
        return platform.startsWith("Mac")
                ? folder(null, "Library/Application Support")
                : folder("XDG_CONFIG_HOME", ".config");
    }

    /**
     * The directory for what an administrator configures for everybody. No variable moves it, {@code XDG_CONFIG_DIRS} in
     * particular, since its users could set one; only Windows tells the place by a variable alone.
     */
    File system() {
        if (platform.startsWith("Windows")) {
            String named = environment.get("ProgramData");
            return new File(named == null ? "C:\\ProgramData" : named);
        }
        return new File(platform.startsWith("Mac") ? "/Library/Application Support" : "/etc/xdg");
    }

    private @Nullable File folder(@Nullable String variable, String underHome) {
        String named = variable == null ? null : environment.get(variable);
        if (named != null && new File(named).isAbsolute()) {
            return new File(named);
        }
        return new File(home).isAbsolute() ? new File(home, underHome) : null;
    }
}
