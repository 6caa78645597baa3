package org.usagestats.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.usagestats.sink.Dimension;
import org.usagestats.sink.Filter;
import org.usagestats.sink.Operator;

/**
 * Reads the filter of a question in JSON: {@code {"and":[…]}}, {@code {"or":[…]}}, {@code {"not":…}}, or a test such as
 * {@code {"field":"semver(version,2)","op":"vgte","value":"2.1"}}, with {@code "values":[…]} for {@code in}.
 */
final class FilterTree {

    private static final int DEEPEST = 30;
    private static final int MOST_TESTS = 200;
    private static final List<String> FORMS = List.of("and", "or", "not", "field");

    private final Faults faults;
    private int tests;

    FilterTree(Faults faults) {
        this.faults = faults;
    }

    /** Reads a filter; what is wrong in it is told to the faults, and the filter is of no use then. */
    Filter read(Tree tree) {
        return read(tree, "/filter", 1);
    }

    private Filter read(Tree tree, String place, int depth) {
        if (depth > DEEPEST) {
            return wrong(place, new Mistake("a filter is at most " + DEEPEST + " levels deep"));
        }
        if (!(tree instanceof Tree.Members object)) {
            return wrong(place, new Mistake("a filter is an object with and, or, not or field"));
        }
        Map<String, Tree> members = object.members();
        if (members.containsKey("field")) {
            return test(members, place);
        }
        if (members.size() != 1) {
            return wrong(place, new Mistake("a filter has one of and, or, not, field"));
        }
        String form = members.keySet().iterator().next();
        Tree content = members.values().iterator().next();
        String inside = place + "/" + form;
        return switch (form) {
            case "and" -> new Filter.Every(all(content, inside, depth));
            case "or" -> new Filter.Any(all(content, inside, depth));
            case "not" -> new Filter.Not(read(content, inside, depth + 1));
            default ->
                wrong(
                        place,
                        Words.unknown(Words.quoted(form) + " is none of " + String.join(", ", FORMS), FORMS, form));
        };
    }

    private List<Filter> all(Tree tree, String place, int depth) {
        List<Filter> filters = new ArrayList<>();
        if (tree instanceof Tree.Items array) {
            for (Tree item : array.items()) {
                filters.add(read(item, place + "/" + filters.size(), depth + 1));
            }
        } else {
            wrong(place, new Mistake("it takes an array of filters"));
        }
        return filters;
    }

    private Filter test(Map<String, Tree> members, String place) {
        try {
            if (++tests > MOST_TESTS) {
                throw new Mistake("a filter has at most " + MOST_TESTS + " tests");
            }
            requireKnown(members);
            Dimension subject = Terms.dimension(text(members, "field"));
            Operator operator = FilterText.operator(text(members, "op"));
            return FilterText.test(subject, operator, operands(members));
        } catch (Mistake wrong) {
            return wrong(place, wrong);
        }
    }

    private static void requireKnown(Map<String, Tree> members) throws Mistake {
        List<String> known = List.of("field", "op", "value", "values");
        for (String name : members.keySet()) {
            if (!known.contains(name)) {
                throw Words.unknown(
                        "a test has field, op and value or values, and no " + Words.quoted(name), known, name);
            }
        }
        if (members.containsKey("value") == members.containsKey("values")) {
            throw new Mistake("a test has either value or values");
        }
    }

    private static List<String> operands(Map<String, Tree> members) throws Mistake {
        if (members.containsKey("value")) {
            return List.of(text(members, "value"));
        }
        if (!(members.get("values") instanceof Tree.Items array)) {
            throw new Mistake("values takes an array of strings and numbers");
        }
        List<String> operands = new ArrayList<>();
        for (Tree item : array.items()) {
            operands.add(text(item).orElseThrow(() -> new Mistake("values takes strings and numbers")));
        }
        return operands;
    }

    private static String text(Map<String, Tree> members, String name) throws Mistake {
        Tree value = members.get(name);
        return (value == null ? Optional.<String>empty() : text(value))
                .orElseThrow(() -> new Mistake("a test needs " + name + ", a string, a number, true or false"));
    }

    /** The text of a string or a literal but null. */
    static Optional<String> text(Tree value) {
        if (value instanceof Tree.Text text) {
            return Optional.of(text.value());
        }
        return value instanceof Tree.Literal literal && !literal.written().equals("null")
                ? Optional.of(literal.written())
                : Optional.empty();
    }

    private Filter wrong(String place, Mistake mistake) {
        faults.add(place, mistake);
        return Filter.ALL;
    }
}
