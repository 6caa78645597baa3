package org.usagestats.transport.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The proxy that the environment names: {@code https_proxy} or {@code http_proxy} by the drop point's scheme, lower case
 * before upper case, unless {@code no_proxy} lists the host.
 *
 * <p>A program that set a proxy for its JVM has decided, whatever the environment says. {@code no_proxy} is a list with
 * commas of host names (which include the names below them), addresses, and {@code *} for every host, each with or
 * without a port. A loopback address is never reached through a proxy.
 */
final class EnvironmentProxy {

    private static final String JVM_SELECTOR = "sun.net.spi.DefaultProxySelector";

    private static final int DEFAULT_PORT = 80;

    private EnvironmentProxy() {}

    /**
     * Chooses the proxy.
     *
     * @param dropPoint the checked drop point
     * @param environment the environment variables
     * @return the proxy, or empty if the JVM's settings hold
     * @throws IOException if the variable does not name a proxy that can be used
     */
    static Optional<ProxySelector> choose(URI dropPoint, Map<String, String> environment) throws IOException {
        String variable = variable(dropPoint);
        String proxy = value(environment, variable);
        if (proxy.isEmpty() || jvmNamesOne() || isExempt(dropPoint, value(environment, "no_proxy"))) {
            return Optional.empty();
        }
        return Optional.of(ProxySelector.of(address(variable, proxy)));
    }

    /** The name and password in the URL of the proxy, with a colon between. */
    static Optional<String> login(URI dropPoint, Map<String, String> environment) {
        try {
            return Optional.ofNullable(
                    url(value(environment, variable(dropPoint))).getUserInfo());
        } catch (URISyntaxException toldByChoose) {
            return Optional.empty();
        }
    }

    private static String variable(URI dropPoint) {
        return dropPoint.getScheme().toLowerCase(Locale.ROOT) + "_proxy";
    }

    private static URI url(String proxy) throws URISyntaxException {
        return new URI(proxy.contains("://") ? proxy : "http://" + proxy);
    }

    private static String value(Map<String, String> environment, String variable) {
        String upper = environment.getOrDefault(variable.toUpperCase(Locale.ROOT), "");
        return environment.getOrDefault(variable, upper).trim();
    }

    private static boolean jvmNamesOne() {
        ProxySelector selector = ProxySelector.getDefault();
        return selector == null
                || !selector.getClass().getName().equals(JVM_SELECTOR)
                || System.getProperty("http.proxyHost") != null
                || System.getProperty("https.proxyHost") != null
                || System.getProperty("socksProxyHost") != null
                || Boolean.getBoolean("java.net.useSystemProxies");
    }

    private static boolean isExempt(URI dropPoint, String exempt) {
        if (DropPoint.isLoopback(dropPoint)) {
            return true;
        }
        String host = dropPoint.getHost().toLowerCase(Locale.ROOT);
        String hostAndPort = host + ":" + port(dropPoint);
        for (String entry : exempt.toLowerCase(Locale.ROOT).split(",", -1)) {
            String name = entry.trim();
            if (name.equals("*") || (!name.isEmpty() && (isWithin(host, name) || isWithin(hostAndPort, name)))) {
                return true;
            }
        }
        return false;
    }

    private static int port(URI dropPoint) {
        if (dropPoint.getPort() >= 0) {
            return dropPoint.getPort();
        }
        return dropPoint.getScheme().equalsIgnoreCase("https") ? 443 : 80;
    }

    private static boolean isWithin(String host, String name) {
        String parent = name.startsWith(".") ? name : "." + name;
        return host.equals(parent.substring(1)) || host.equals("[" + name + "]") || host.endsWith(parent);
    }

    private static InetSocketAddress address(String variable, String proxy) throws IOException {
        try {
            URI url = url(proxy);
            if (url.getHost() != null && url.getScheme().equalsIgnoreCase("http")) {
                return InetSocketAddress.createUnresolved(
                        url.getHost(), url.getPort() < 0 ? DEFAULT_PORT : url.getPort());
            }
        } catch (URISyntaxException unreadable) {
            throw new IOException(unusable(variable), unreadable);
        }
        throw new IOException(unusable(variable));
    }

    private static String unusable(String variable) {
        return "the environment variable " + variable + " is not of the form http://host:port";
    }
}
