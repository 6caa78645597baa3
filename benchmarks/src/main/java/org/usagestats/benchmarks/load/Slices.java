package org.usagestats.benchmarks.load;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** All slices of a session, and what follows from them. */
final class Slices {

    private record Key(String name, String version, int connections) {}

    private final Map<Key, List<Slice>> slices = new LinkedHashMap<>();

    void add(Contender contender, int connections, Slice slice) {
        slices.computeIfAbsent(new Key(contender.name(), contender.version(), connections), first -> new ArrayList<>())
                .add(slice);
    }

    /** Who was loaded, with that version of a JDK. */
    Set<String> names(String version) {
        Set<String> names = new LinkedHashSet<>();
        slices.keySet().stream().filter(key -> key.version.equals(version)).forEach(key -> names.add(key.name));
        return names;
    }

    double rate(String name, String version, int connections) {
        return median(new Key(name, version, connections), Slice::rate);
    }

    double median(String name, String version, int connections) {
        return median(new Key(name, version, connections), Slice::median);
    }

    double slow(String name, String version, int connections) {
        return median(new Key(name, version, connections), Slice::slow);
    }

    double cpu(String name, String version, int connections) {
        return median(new Key(name, version, connections), Slice::cpu);
    }

    /** How many requests failed in all. */
    long errors(String name, String version, int connections) {
        return slices.getOrDefault(new Key(name, version, connections), List.of()).stream()
                .mapToLong(Slice::errors)
                .sum();
    }

    private double median(Key key, ToDoubleFunction<Slice> what) {
        double[] values = slices.getOrDefault(key, List.of()).stream()
                .mapToDouble(what)
                .sorted()
                .toArray();
        int middle = values.length / 2;
        if (values.length == 0) {
            return Double.NaN;
        }
        return values.length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }
}
