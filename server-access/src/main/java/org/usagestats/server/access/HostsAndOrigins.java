package org.usagestats.server.access;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.usagestats.server.http.Refusal;

/** The names that a collector answers to, and the origins of the web pages that may use it. Immutable. */
final class HostsAndOrigins {

    static final HostsAndOrigins NONE = new HostsAndOrigins(Set.of(), Set.of());

    private static final Pattern ORIGIN = Pattern.compile("https?://([a-z0-9._-]+|\\[[0-9a-f:.]+])(:[0-9]{1,5})?");

    private final Set<String> hosts;
    private final Set<String> origins;

    private HostsAndOrigins(Set<String> hosts, Set<String> origins) {
        this.hosts = hosts;
        this.origins = origins;
    }

    /** These and one more name. */
    HostsAndOrigins andHost(String name) {
        String host = name.toLowerCase(Locale.ROOT);
        if (!Caller.hostOf(host).equals(Optional.of(host))) {
            throw new IllegalArgumentException(
                    "a host is a name or an address without a port, such as stats.example.org, not \"" + name + "\"");
        }
        return new HostsAndOrigins(with(hosts, host), origins);
    }

    /** These and one more origin. */
    HostsAndOrigins andOrigin(String origin) {
        if (!ORIGIN.matcher(origin).matches()) {
            throw new IllegalArgumentException(
                    "an origin is written as browsers do, such as https://app.example.org, not \"" + origin + "\"");
        }
        return new HostsAndOrigins(hosts, with(origins, origin));
    }

    private static Set<String> with(Set<String> some, String one) {
        Set<String> all = new LinkedHashSet<>(some);
        all.add(one);
        return Set.copyOf(all);
    }

    /** Refuses a request that was meant for another: a name that is not this collector's may be an attacker's. */
    void requireHost(Caller caller) throws Refusal {
        if (!hosts.isEmpty()
                && caller.host()
                        .filter(name -> hosts.contains(name) || Caller.isLocal(name))
                        .isEmpty()) {
            throw Refusal.ofRequest(421, "misdirected request", "this collector does not answer to that Host");
        }
    }

    /** Refuses what a web page made its visitor post: it can post text to any address, but its browser says so. */
    void requireNoForeignPage(Caller caller) throws Refusal {
        if (caller.origin().isPresent() && listedOrigin(caller).isEmpty()) {
            throw Refusal.ofRequest(403, "invalid request", "reports from web pages are not accepted");
        }
    }

    /** The origin of the web page that asks, if it is listed. */
    Optional<String> listedOrigin(Caller caller) {
        return caller.origin().filter(origins::contains);
    }
}
