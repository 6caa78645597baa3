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
    private final Policy policy;
    private final Plugins plugins;
    private final @Nullable TransportProvider given;

    TransportSource(TransportConfig config, Policy policy, Plugins plugins, @Nullable TransportProvider given) {
        this.config = config;
        this.policy = policy;
        this.plugins = plugins;
        this.given = given;
    }

    /** Where and how to deliver: as the program says, but to the administrator's drop point if there is one. */
    TransportConfig config() {
        URI named = policy.dropPoint();
        return named == null ? config : new TransportConfig(named, config.plaintext(), config.certificateAuthority());
    }

    /** The provider, or an {@link IllegalStateException} that says what to add. */
    TransportProvider provider() {
        return given != null
                ? given
                : plugins.transport(config().dropPoint().getScheme().toLowerCase(Locale.ROOT));
    }

    /** Opens the transport and uses it for nothing; an {@link IllegalStateException} says what is wrong with it. */
    void verify() {
        try {
            provider().open(config()).close();
        } catch (IOException | IllegalArgumentException unusable) {
            throw new IllegalStateException(unusable.getMessage(), unusable);
        }
    }

    Transport open() throws IOException {
        return provider().open(config());
    }
}
