package org.usagestats.query;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.usagestats.sink.Filter;

/**
 * Reads questions, from the query of an address and from JSON; both have the same words. Immutable.
 *
 * <p>Whatever it is given, it makes a question of it or throws a {@link QuestionException}. A parameter that it does not know is
 * refused, since a typing error must not widen a question.
 */
public final class QuestionReader {

    private static final int LONGEST = 16 * 1024;
    private static final int MOST_PARAMETERS = 200;
    private static final String FILTER = "filter";

    private final QuestionKind kind;
    private final Instant now;

    /**
     * Makes a reader.
     *
     * @param kind what the questions are answered with
     * @param now where {@code period} ends
     */
    public QuestionReader(QuestionKind kind, Instant now) {
        this.kind = kind;
        this.now = now;
    }

    /**
     * Reads a question as the parameters of an address.
     *
     * @param rawQuery what stands behind the question mark of an address, as it is sent; may be empty
     * @return the question
     * @throws QuestionException if anything in it is wrong
     */
    public Question fromAddress(String rawQuery) throws QuestionException {
        Faults faults = new Faults();
        Map<String, List<String>> given = new LinkedHashMap<>();
        try {
            parameters(rawQuery, given);
        } catch (Mistake wrong) {
            faults.add("", wrong);
            faults.throwIfAny();
        }
        return new Draft(kind, given, faults).question(Filter.ALL, now);
    }

    private static void parameters(String rawQuery, Map<String, List<String>> given) throws Mistake {
        if (rawQuery.length() > LONGEST) {
            throw new Mistake("the parameters have at most " + LONGEST + " characters");
        }
        String[] parameters = rawQuery.split("&", -1);
        if (parameters.length > MOST_PARAMETERS) {
            throw new Mistake("there are at most " + MOST_PARAMETERS + " parameters");
        }
        for (String parameter : parameters) {
            int equals = parameter.indexOf('=');
            String name = decoded(equals < 0 ? parameter : parameter.substring(0, equals));
            String value = decoded(equals < 0 ? "" : parameter.substring(equals + 1));
            if (!name.isEmpty()) {
                given.computeIfAbsent(name, first -> new ArrayList<>()).add(value);
            } else if (!value.isEmpty()) {
                throw new Mistake("a parameter has no name, only the value " + Words.quoted(value));
            }
        }
    }

    private static String decoded(String text) throws Mistake {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException illFormed) {
            throw new Mistake("a % stands before two hexadecimal digits, and for itself as %25");
        }
    }

    /**
     * Reads a question as a JSON object.
     *
     * @param json its text
     * @return the question
     * @throws QuestionException if anything in it is wrong
     */
    public Question fromJson(String json) throws QuestionException {
        Faults faults = new Faults();
        Map<String, List<String>> given = new LinkedHashMap<>();
        Filter filter = Filter.ALL;
        try {
            Map<String, Tree> members = object(json);
            Tree tree = members.remove(FILTER);
            filter = tree == null ? Filter.ALL : new FilterTree(faults).read(tree);
            members.forEach((name, value) -> given.put(name, texts(name, value, faults)));
        } catch (Mistake wrong) {
            faults.add("", wrong);
            faults.throwIfAny();
        }
        given.keySet().removeIf(name -> !kind.words().contains(name) && isRefused(name, faults));
        return new Draft(kind, given, faults).question(filter, now);
    }

    private boolean isRefused(String name, Faults faults) {
        String near = Nearest.likely(kind.words(), name);
        faults.add(name, new Mistake(kind.refusal(FILTER), near.isEmpty() ? FILTER : near));
        return true;
    }

    private static Map<String, Tree> object(String json) throws Mistake {
        if (Tree.read(json) instanceof Tree.Members object) {
            return new LinkedHashMap<>(object.members());
        }
        throw new Mistake("a question is a JSON object");
    }

    private static List<String> texts(String name, Tree value, Faults faults) {
        List<Tree> items = value instanceof Tree.Items array ? array.items() : List.of(value);
        List<String> texts = new ArrayList<>();
        for (Tree item : items) {
            Optional<String> text = FilterTree.text(item);
            text.ifPresent(texts::add);
            if (text.isEmpty()) {
                faults.add(name, new Mistake("it takes a string, a number, true or false, or an array of them"));
            }
        }
        return texts;
    }
}
