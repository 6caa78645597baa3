package org.usagestats.server;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import org.usagestats.sink.SinkProvider;

/** The sinks that can be had here; each class counts once, however often it is found. */
final class SinkProviders {

    private static final Logger LOG = System.getLogger(SinkProviders.class.getName());

    private final Map<Class<?>, SinkProvider> found = new LinkedHashMap<>();
    private final Set<String> skipped = new LinkedHashSet<>();

    SinkProviders(List<ServiceLoader<SinkProvider>> places) {
        places.forEach(this::addAll);
    }

    /** The place beside a class: its module layer or, on the class path, its class loader. */
    static ServiceLoader<SinkProvider> beside(Class<?> type) {
        ModuleLayer layer = type.getModule().getLayer();
        return layer == null
                ? ServiceLoader.load(SinkProvider.class, type.getClassLoader())
                : ServiceLoader.load(layer, SinkProvider.class);
    }

    private void addAll(ServiceLoader<SinkProvider> place) {
        Iterator<ServiceLoader.Provider<SinkProvider>> candidates =
                place.stream().iterator();
        Optional<ServiceLoader.Provider<SinkProvider>> candidate = next(candidates);
        while (candidate.isPresent()) {
            add(candidate.get());
            candidate = next(candidates);
        }
    }

    /**
     * Finds the one sink of a name.
     *
     * @throws IllegalArgumentException if there is none, or more than one, in one line that says what to do
     */
    SinkProvider named(String name) {
        List<SinkProvider> matches = found.values().stream()
                .filter(provider -> name.equals(provider.name()))
                .toList();
        if (matches.isEmpty()) {
            throw new IllegalArgumentException(none(name));
        }
        if (matches.size() > 1) {
            List<String> classes = matches.stream()
                    .map(provider -> provider.getClass().getName())
                    .toList();
            throw new IllegalArgumentException("there is more than one sink \"" + name + "\", remove all but one of "
                    + String.join(" and ", classes));
        }
        return matches.get(0);
    }

    private String none(String name) {
        List<String> names =
                found.values().stream().map(SinkProvider::name).sorted().toList();
        return "there is no sink \"" + name + "\", add org.usagestats:usagestats-sink-" + name
                + " or the jar that has it"
                + (names.isEmpty() ? "" : "; there are " + String.join(", ", names))
                + (skipped.isEmpty() ? "" : "; passed over: " + String.join(", ", skipped));
    }

    /** The next provider whose class can be loaded. */
    private Optional<ServiceLoader.Provider<SinkProvider>> next(
            Iterator<ServiceLoader.Provider<SinkProvider>> candidates) {
        while (true) {
            try {
                return candidates.hasNext() ? Optional.of(candidates.next()) : Optional.empty();
            } catch (ServiceConfigurationError unusable) {
                skip(unusable);
            }
        }
    }

    private void add(ServiceLoader.Provider<SinkProvider> candidate) {
        try {
            SinkProvider provider = candidate.get();
            found.putIfAbsent(provider.getClass(), provider);
        } catch (ServiceConfigurationError unusable) {
            skip(unusable);
        }
    }

    /** The message names the class. */
    private void skip(ServiceConfigurationError unusable) {
        Throwable cause = unusable.getCause();
        String reason = unusable.getMessage() + (cause == null ? "" : " (" + cause + ")");
        if (skipped.add(reason)) {
            LOG.log(Level.WARNING, "a sink is passed over, since it cannot be used: {0}", reason);
        }
    }
}
