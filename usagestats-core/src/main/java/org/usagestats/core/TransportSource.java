package org.usagestats.core;

import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.usagestats.spi.Transport;
import org.usagestats.spi.TransportConfig;
import org.usagestats.spi.TransportProvider;

/** Where a drain gets its transport: from the provider that the program handed over, or the one found for the drop point's scheme. */
final class TransportSource {

    private final TransportConfig config;
    private final Plugins plugins;
    private final @Nullable TransportProvider given;

    TransportSource(TransportConfig config, Plugins plugins, @Nullable TransportProvider given) {
        this.config = config;
        this.plugins = plugins;
        this.given = given;
    }

    /** The provider, or an {@link IllegalStateException} that says what to add. */
    TransportProvider provider() {
        return given != null
                ? given
                : plugins.transport(config.dropPoint().getScheme().toLowerCase(Locale.ROOT));
    }

    TransportConfig config() {
        return config;
    }

    URI dropPoint() {
        return config.dropPoint();
    }

    /** Opens the transport and uses it for nothing; an {@link IllegalStateException} says what is wrong with it. */
    void verify() {
        try {
            provider().open(config).close();
        } catch (IOException | IllegalArgumentException unusable) {
            throw new IllegalStateException(unusable.getMessage(), unusable);
        }
    }

    Transport open() throws IOException {
        return provider().open(config);
    }

    /** The same for another drop point, under the same limits. */
    TransportSource to(URI dropPoint) {
        TransportConfig other = new TransportConfig(dropPoint, config.plaintext(), config.certificateAuthority());
        return new TransportSource(other, plugins, given);
    }
}
