package org.usagestats.transport.http;

import java.lang.module.ModuleDescriptor;
import org.jspecify.annotations.Nullable;

/**
 * How this library names itself to a collector. A program may have packed it into a jar or module of its own, whose version is
 * not this one, and may not even fit into a header.
 */
final class UserAgent {

    private static final String NAME = "usagestats-java";
    private static final String TITLE = "usagestats-transport-http";
    private static final String MODULE = "org.usagestats.transport.http";

    private UserAgent() {}

    /** Returns {@code usagestats-java/} and the version of this artifact, or the bare name where it is not known. */
    static String name() {
        String version = version();
        return version == null ? NAME : NAME + "/" + version;
    }

    private static @Nullable String version() {
        ModuleDescriptor module = UserAgent.class.getModule().getDescriptor();
        if (module != null) {
            return module.name().equals(MODULE) ? module.rawVersion().orElse(null) : null;
        }
        Package itself = UserAgent.class.getPackage();
        return TITLE.equals(itself.getImplementationTitle()) ? itself.getImplementationVersion() : null;
    }
}
