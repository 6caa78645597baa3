package org.usagestats.benchmarks.queries;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.usagestats.benchmarks.queries.Contender.Field;

/** All times that answers took, and what follows from them. */
final class Times {

    private static final double NANOS_PER_MILLI = 1e6;

    private record Key(Contender contender, Question question) {}

    private final Map<Key, List<Double>> turns = new LinkedHashMap<>();

    /** Takes note of one who will be asked, after those before. */
    void expect(Contender contender) {
        contender.questions().forEach(question -> turns.put(new Key(contender, question), new ArrayList<>()));
    }

    /** Adds a turn: of several answers in a row the median counts. */
    void add(Contender contender, Question question, List<Long> nanos) {
        turns.computeIfAbsent(new Key(contender, question), first -> new ArrayList<>())
                .add(Medians.of(nanos) / NANOS_PER_MILLI);
    }

    /** Those who were asked, in a field. */
    List<Contender> contenders(Field field) {
        return turns.entrySet().stream()
                .filter(turn -> !turn.getValue().isEmpty())
                .map(turn -> turn.getKey().contender)
                .filter(contender -> contender.field() == field)
                .distinct()
                .toList();
    }

    /** How many milliseconds its turns took. */
    double sum(Contender contender, Question question) {
        return turns.getOrDefault(new Key(contender, question), List.of()).stream()
                .mapToDouble(Double::doubleValue)
                .sum();
    }

    /** Milliseconds, or not a number if it was not asked. */
    double median(Contender contender, Question question) {
        return Medians.of(turns.getOrDefault(new Key(contender, question), List.of()));
    }

    /** Milliseconds of one by its names. */
    double median(Field field, String name, String version, Question question) {
        return contenders(field).stream()
                .filter(contender ->
                        contender.name().equals(name) && contender.version().equals(version))
                .findFirst()
                .map(contender -> median(contender, question))
                .orElse(Double.NaN);
    }
}
