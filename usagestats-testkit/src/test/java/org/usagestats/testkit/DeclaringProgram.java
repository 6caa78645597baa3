package org.usagestats.testkit;

import org.usagestats.api.Field;
import org.usagestats.api.UsageStats;

/** A program that declares one field; what it opens must be switched off. */
final class DeclaringProgram {

    private DeclaringProgram() {}

    static UsageStats open() {
        if (!Boolean.getBoolean("usagestats.disabled")) {
            throw new IllegalStateException("the usage statistics are on");
        }
        RecordingUsageStats stats = new RecordingUsageStats();
        stats.library("map", "1", new Field("zoom", "how closely maps are looked at"));
        return stats;
    }

    static String text() {
        return "";
    }

    UsageStats ofAnObject() {
        return open();
    }

    static UsageStats failing() {
        throw new IllegalStateException("there is no drop point");
    }
}
