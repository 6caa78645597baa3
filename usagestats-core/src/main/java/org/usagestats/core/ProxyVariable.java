package org.usagestats.core;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.usagestats.api.Note;

/**
 * An environment variable with the URL of a proxy, which may hold a name and a password before an {@code @}. Those are kept
 * from the environment of another process, where tools that list processes show them.
 */
final class ProxyVariable {

    private ProxyVariable() {}

    static boolean isOne(String name) {
        return name.equalsIgnoreCase("http_proxy") || name.equalsIgnoreCase("https_proxy");
    }

    /** The URL without name and password. */
    static String withoutLogin(String url) {
        int scheme = url.indexOf("://");
        int start = scheme < 0 ? 0 : scheme + 3;
        return url.substring(0, start) + url.substring(Math.max(start, url.lastIndexOf('@') + 1));
    }

    /** Adds, for a scheme, the system properties that say the same as the login in its variable, if there is one. */
    static void addLogin(String scheme, Map<String, String> environment, List<Note> properties) {
        String lower = environment.get(scheme + "_proxy");
        String url = lower == null ? environment.get(scheme.toUpperCase(Locale.ROOT) + "_PROXY") : lower;
        String login = url == null ? null : login(url.trim());
        if (login != null && System.getProperty(scheme + ".proxyUser") == null) {
            int colon = login.indexOf(':');
            properties.add(new Note(scheme + ".proxyUser", colon < 0 ? login : login.substring(0, colon)));
            properties.add(new Note(scheme + ".proxyPassword", colon < 0 ? "" : login.substring(colon + 1)));
        }
    }

    private static @Nullable String login(String url) {
        try {
            return URI.create(url.contains("://") ? url : "http://" + url).getUserInfo();
        } catch (IllegalArgumentException unusable) {
            return null;
        }
    }
}
