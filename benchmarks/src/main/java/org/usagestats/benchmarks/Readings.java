package org.usagestats.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** All readings of a session, and what follows from them. */
final class Readings {

    private final Map<Program, List<Reading>> readings = new LinkedHashMap<>();

    void add(Program program, Reading reading) {
        readings.computeIfAbsent(program, first -> new ArrayList<>()).add(reading);
    }

    /** The programs in the order of their first readings. */
    List<Program> programs() {
        return List.copyOf(readings.keySet());
    }

    List<Reading> of(Program program) {
        return readings.getOrDefault(program, List.of());
    }

    boolean has(Jdk jdk, String name) {
        return programs().stream().anyMatch(program -> isIt(program, jdk, name));
    }

    /** The median of the times from start to end. */
    double wall(Jdk jdk, String name) {
        return quantile(find(jdk, name), Reading::wall, 0.5);
    }

    /** The shortest of those times: the one that other work on the machine disturbed least. */
    double best(Jdk jdk, String name) {
        return quantile(find(jdk, name), Reading::wall, 0);
    }

    /** The median of what programs measured themselves. */
    double inside(Jdk jdk, String name) {
        return quantile(find(jdk, name), Reading::inside, 0.5);
    }

    /** The mean of the processor times, for they are counted in steps of 10 ms. */
    double cpu(Jdk jdk, String name) {
        return find(jdk, name).stream().mapToDouble(Reading::cpu).average().orElse(Double.NaN);
    }

    /** The mean of how many requests arrived: less than one where some runs were given up before they delivered. */
    double arrived(Jdk jdk, String name) {
        return find(jdk, name).stream().mapToInt(Reading::arrived).average().orElse(Double.NaN);
    }

    private List<Reading> find(Jdk jdk, String name) {
        return programs().stream()
                .filter(program -> isIt(program, jdk, name))
                .findFirst()
                .map(this::of)
                .orElse(List.of());
    }

    private static boolean isIt(Program program, Jdk jdk, String name) {
        return program.jdk().equals(jdk) && program.name().equals(name);
    }

    private static double quantile(List<Reading> all, ToDoubleFunction<Reading> what, double part) {
        double[] values = all.stream().mapToDouble(what).toArray();
        Arrays.sort(values);
        return values.length == 0 ? Double.NaN : between(values, part * (values.length - 1));
    }

    private static double between(double[] values, double index) {
        int below = (int) index;
        int above = Math.min(below + 1, values.length - 1);
        return values[below] + (index - below) * (values[above] - values[below]);
    }
}
