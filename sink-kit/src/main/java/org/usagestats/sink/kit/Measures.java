package org.usagestats.sink.kit;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.usagestats.sink.Metric;
import org.usagestats.sink.Query;

/**
 * What must be known of each group beside the number of its reports.
 *
 * @param distinct the paths of which the different values are needed
 * @param numbers the paths of which the numbers are needed
 */
public record Measures(List<String> distinct, List<String> numbers) {

    /** Where a report says which user it is of. */
    static final String USER = "user";

    /**
     * Finds out what a question needs.
     *
     * @param query the question
     * @return the paths, each once
     */
    public static Measures of(Query query) {
        Set<String> distinct = new LinkedHashSet<>();
        Set<String> numbers = new LinkedHashSet<>();
        for (Metric metric : query.metrics()) {
            if (metric instanceof Metric.OfValues of) {
                distinct.add(of.path());
            } else if (metric instanceof Metric.OfNumbers of) {
                numbers.add(of.path());
            }
        }
        if (query.rows().privacyFloor() > 1) {
            distinct.add(USER);
        }
        return new Measures(new ArrayList<>(distinct), new ArrayList<>(numbers));
    }
}
