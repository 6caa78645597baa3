package org.usagestats.transport.http;

import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The name and password that a user gave for a proxy: by the system properties {@code https.proxyUser} and
 * {@code https.proxyPassword} (for a drop point without encryption, {@code http.…}), or in the proxy's URL in the environment.
 *
 * <p>It is told to that proxy as RFC 7617 has it, and to nobody else: what stands in the environment, to the environment's. For a tunnel to an encrypted drop point the JDK lets no
 * password pass that could be read on the way, unless it is started with
 * {@code -Djdk.http.auth.tunneling.disabledSchemes=} and nothing behind.
 */
final class ProxyLogin {

    private ProxyLogin() {}

    /**
     * Makes the header that tells it.
     *
     * @param dropPoint the checked drop point
     * @param environment the environment variables
     * @param selector the proxy that the environment names, or empty if the JVM's settings hold
     * @return the value of {@code Proxy-Authorization}, or empty if there is no proxy or no login
     */
    static Optional<String> header(URI dropPoint, Map<String, String> environment, Optional<ProxySelector> selector) {
        Optional<String> login =
                selector.isPresent() || isProxiedByJvm(dropPoint) ? ofProperties(dropPoint) : Optional.empty();
        if (login.isEmpty() && selector.isPresent()) {
            login = EnvironmentProxy.login(dropPoint, environment);
        }
        return login.map(text -> "Basic " + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static Optional<String> ofProperties(URI dropPoint) {
        String scheme = dropPoint.getScheme().toLowerCase(Locale.ROOT);
        String password = System.getProperty(scheme + ".proxyPassword", "");
        return Optional.ofNullable(System.getProperty(scheme + ".proxyUser")).map(user -> user + ":" + password);
    }

    private static boolean isProxiedByJvm(URI dropPoint) {
        ProxySelector selector = ProxySelector.getDefault();
        return selector != null
                && selector.select(dropPoint).stream().anyMatch(proxy -> proxy.type() == Proxy.Type.HTTP);
    }
}
