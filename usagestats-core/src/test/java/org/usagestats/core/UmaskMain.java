package org.usagestats.core;

import java.net.URI;
import org.usagestats.api.UsageStats;

/** A program that keeps one report in the user's folders. */
final class UmaskMain {

    private UmaskMain() {}

    public static void main(String[] args) {
        try (UsageStats stats = UsageStatsClient.builder("umask", "1")
                .dropPoint(URI.create("https://localhost/"))
                .open()) {
            stats.submit();
        }
    }
}
