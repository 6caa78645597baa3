package org.usagestats.spi;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a transport delivers to and under which limits.
 *
 * @param dropPoint the URL of the collector, used exactly as given
 * @param plaintext whether the report may travel unencrypted beyond this machine
 * @param certificateAuthority a PEM file with the only certificates to trust, in place of the JVM's
 */
public record TransportConfig(URI dropPoint, Plaintext plaintext, Optional<Path> certificateAuthority) {

    /** Where reports may travel unencrypted. */
    public enum Plaintext {
        /** To a loopback address only. */
        LOOPBACK,
        /** Anywhere: the program's author says that the network is trusted. */
        ANYWHERE
    }
}
