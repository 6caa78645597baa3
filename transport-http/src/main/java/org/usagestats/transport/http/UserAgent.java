package org.usagestats.transport.http;

import java.lang.module.ModuleDescriptor;
import org.jspecify.annotations.Nullable;

/** How this library names itself to a collector. */
final class UserAgent {

    private UserAgent() {}

    /** Returns {@code usagestats-java/} and the version of this artifact, or the bare name where it is not known. */
    static String name() {
        String version = version();
        return version == null ? "usagestats-java" : "usagestats-java/" + version;
    }

    private static @Nullable String version() {
        ModuleDescriptor module = UserAgent.class.getModule().getDescriptor();
        return module == null
                ? UserAgent.class.getPackage().getImplementationVersion()
                : module.rawVersion().orElse(null);
    }
}
