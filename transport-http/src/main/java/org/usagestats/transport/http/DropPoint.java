package org.usagestats.transport.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import org.usagestats.spi.TransportConfig;
import org.usagestats.spi.TransportConfig.Plaintext;

/** The rules that the URL of a collector must obey. */
final class DropPoint {

    private static final int LARGEST_PORT = 65535;

    private DropPoint() {}

    /** Returns the drop point, or throws an IllegalArgumentException that says what is allowed. */
    static URI checked(TransportConfig config) {
        URI url = config.dropPoint();
        if (url.getRawUserInfo() != null) {
            throw new IllegalArgumentException("a drop point holds no user name and no password");
        }
        if (url.getHost() == null || url.getPort() > LARGEST_PORT) {
            throw new IllegalArgumentException(
                    "a drop point names a host and perhaps a port, as in https://stats.example.org:8443/, not "
                            + place(url));
        }
        if (url.getScheme().equalsIgnoreCase("http") && config.plaintext() == Plaintext.LOOPBACK && !isLoopback(url)) {
            throw new IllegalArgumentException(
                    "reports do not travel unencrypted beyond this machine: use https, or allow plaintext to "
                            + place(url));
        }
        return URI.create(url.toASCIIString());
    }

    /** Returns where the collector of a drop point takes erasures: {@code v1/erasures} in the drop point's own folder. */
    static URI erasures(URI dropPoint) {
        URI folder = dropPoint.getRawPath().isEmpty() ? dropPoint.resolve("/") : dropPoint;
        return folder.resolve("v1/erasures");
    }

    /** Says whether the URL names this machine: {@code localhost} or a loopback address; names are not looked up. */
    static boolean isLoopback(URI url) {
        String host = url.getHost();
        return host.equalsIgnoreCase("localhost")
                || (isAddress(host) && parsed(host).isLoopbackAddress());
    }

    /** Says whether a host is an address, as RFC 3986 tells: in brackets, or without a letter. */
    private static boolean isAddress(String host) {
        return host.startsWith("[") || host.chars().noneMatch(Character::isLetter);
    }

    private static InetAddress parsed(String address) {
        try {
            return InetAddress.getByName(address);
        } catch (IOException unreadable) {
            throw new IllegalArgumentException("not an internet address: " + address, unreadable);
        }
    }

    private static String place(URI url) {
        return url.getScheme() + "://" + url.getRawAuthority();
    }
}
