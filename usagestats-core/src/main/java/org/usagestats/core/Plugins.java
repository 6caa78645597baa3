package org.usagestats.core;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.usagestats.spi.ConsentStoreProvider;
import org.usagestats.spi.DispatcherProvider;
import org.usagestats.spi.FlagProvider;
import org.usagestats.spi.TransportProvider;

/**
 * Finds plug-ins, by scheme or name, when one is needed: in the module layer or class loader of this module, or where the
 * program says, never by the thread's context loader.
 *
 * <p>Exactly one must match. A provider that cannot be created is passed over and named when none matches.
 */
final class Plugins {

    private final ClassLoader loader;
    private final @Nullable ModuleLayer layer;

    private Plugins(ClassLoader loader, @Nullable ModuleLayer layer) {
        this.loader = loader;
        this.layer = layer;
    }

    /** Where this module itself was found; in the boot layer that includes the class path. */
    static Plugins besideCore() {
        ModuleLayer own = Plugins.class.getModule().getLayer();
        return new Plugins(Plugins.class.getClassLoader(), own == ModuleLayer.boot() ? null : own);
    }

    static Plugins from(ClassLoader loader) {
        return new Plugins(loader, null);
    }

    static Plugins from(ModuleLayer layer) {
        return new Plugins(Plugins.class.getClassLoader(), layer);
    }

    TransportProvider transport(String scheme) {
        return only(
                load(TransportProvider.class),
                provider -> provider.schemes().contains(scheme),
                "transport for " + scheme + " drop points",
                "org.usagestats:usagestats-transport-http delivers to http and https");
    }

    DispatcherProvider dispatcher(String name) {
        return only(
                load(DispatcherProvider.class),
                provider -> provider.name().equals(name),
                "dispatcher named " + name,
                "org.usagestats:usagestats-transport-subprocess has the one named detached");
    }

    ConsentStoreProvider consentStore(String name) {
        return only(
                load(ConsentStoreProvider.class),
                provider -> provider.name().equals(name),
                "consent store named " + name,
                "add the artifact that has it");
    }

    FlagProvider flag(String name) {
        return only(
                load(FlagProvider.class),
                provider -> provider.name().equals(name),
                "flag named " + name,
                "add the artifact that has it");
    }

    private <T> ServiceLoader<T> load(Class<T> kind) {
        return layer == null ? ServiceLoader.load(kind, loader) : ServiceLoader.load(layer, kind);
    }

    private static <T> T only(ServiceLoader<T> services, Predicate<T> wanted, String what, String advice) {
        List<T> matching = new ArrayList<>();
        List<String> broken = new ArrayList<>();
        Iterator<ServiceLoader.Provider<T>> providers = services.stream().iterator();
        for (ServiceLoader.Provider<T> next = next(providers, broken); next != null; next = next(providers, broken)) {
            T provider = created(next, broken);
            if (provider != null && wanted.test(provider)) {
                matching.add(provider);
            }
        }
        if (matching.size() == 1) {
            return matching.get(0);
        }
        throw new IllegalStateException(matching.isEmpty() ? none(what, advice, broken) : two(what, matching));
    }

    private static <T> ServiceLoader.@Nullable Provider<T> next(
            Iterator<ServiceLoader.Provider<T>> providers, List<String> broken) {
        while (true) {
            try {
                return providers.hasNext() ? providers.next() : null;
            } catch (ServiceConfigurationError unloadable) {
                broken.add(String.valueOf(unloadable.getMessage()));
            }
        }
    }

    private static <T> @Nullable T created(ServiceLoader.Provider<T> provider, List<String> broken) {
        try {
            return provider.get();
        } catch (ServiceConfigurationError failed) {
            broken.add(String.valueOf(failed.getMessage()));
            return null;
        }
    }

    private static String none(String what, String advice, List<String> broken) {
        String problems = broken.isEmpty() ? "" : "; not usable: " + String.join("; ", broken);
        return "there is no " + what + " (" + advice + ")" + problems;
    }

    private static <T> String two(String what, List<T> matching) {
        return "there are two of " + what + ", and one must go: "
                + matching.get(0).getClass().getName() + " and "
                + matching.get(1).getClass().getName();
    }
}
