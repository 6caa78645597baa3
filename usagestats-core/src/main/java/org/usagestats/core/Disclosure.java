package org.usagestats.core;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.usagestats.api.Declaration;

/** Says in words what a program's settings mean for its users. */
final class Disclosure {

    private final UsageStatsClient.Builder settings;
    private final URI recipient;
    private final Declared declared;

    Disclosure(UsageStatsClient.Builder settings, URI recipient, Declared declared) {
        this.settings = settings;
        this.recipient = recipient;
        this.declared = declared;
    }

    Declaration declaration() {
        return new Declaration(
                settings.program,
                recipient,
                settings.schedule().toString(),
                declared.fields(),
                offSwitches(),
                settings.places());
    }

    private List<String> offSwitches() {
        List<String> ways = new ArrayList<>();
        String command = settings.prompt().disable();
        if (command != null) {
            ways.add("the command `" + command + "`, which also deletes what was recorded");
        }
        ways.add("the environment variable `" + settings.variable + "=off`, for this program");
        ways.add("the environment variable `DO_NOT_TRACK=1`, for every program that honours it");
        ways.add("the system property `usagestats.disabled=true`, for one Java process");
        ways.add("an empty file `usage-stats/off` in the user's configuration folder (`~/.config`,"
                + " `~/Library/Application Support` or `%APPDATA%`), for every program with these usage statistics");
        ways.add("for administrators, a file `usage-stats/" + settings.program + "` with the line `reporting:off` in"
                + " `/etc/xdg`, `/Library/Application Support` or `%ProgramData%`, for all users of a machine");
        return ways;
    }
}
