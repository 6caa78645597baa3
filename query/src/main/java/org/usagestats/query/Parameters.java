package org.usagestats.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

/** The parameters of a question, each by its name as often as it was given. Those that its kind cannot have are not read. */
final class Parameters {

    /** How the name of one begins that is a test. */
    static final String TEST = "f.";

    private static final int MOST = 1_000_000_000;
    private static final Pattern FIELD = Pattern.compile("\\w[\\w.-]*");

    private final QuestionKind kind;
    private final Map<String, List<String>> given;
    private final Faults faults;

    /** Makes sense of a text. */
    interface Meaning<T> {
        T of(String text) throws Mistake;
    }

    Parameters(QuestionKind kind, Map<String, List<String>> given, Faults faults) {
        this.kind = kind;
        this.given = given;
        this.faults = faults;
    }

    /** Tells of those that the question cannot have. */
    void requireKnown() {
        for (String name : given.keySet()) {
            if (!kind.words().contains(name) && !name.startsWith(TEST)) {
                faults.add(name, new Mistake(kind.refusal(TEST + "<path>"), meant(name)));
            }
        }
    }

    boolean has(String name) {
        return given.containsKey(name);
    }

    /** Hands on each test. */
    void tests(BiConsumer<String, String> to) {
        given.forEach((name, texts) -> {
            if (name.startsWith(TEST)) {
                texts.forEach(text -> to.accept(name, text));
            }
        });
    }

    /** What may have been meant by a parameter: another, or a test. */
    private String meant(String name) {
        boolean test = given.getOrDefault(name, List.of()).stream().anyMatch(FilterText::isTest);
        String near = test ? "" : Nearest.likely(kind.words(), name);
        return near.isEmpty() && FIELD.matcher(name).matches() ? TEST + name : near;
    }

    /** Reads a number from 1 on that is given once. */
    OptionalInt whole(String name) {
        OptionalLong number = number(name, 1, MOST);
        return number.isPresent() ? OptionalInt.of((int) number.getAsLong()) : OptionalInt.empty();
    }

    /** Reads a number that is given once. */
    OptionalLong number(String name, long least, long most) {
        Optional<Long> number = one(name, text -> within(text, least, most));
        return number.isPresent() ? OptionalLong.of(number.get()) : OptionalLong.empty();
    }

    private static long within(String text, long least, long most) throws Mistake {
        try {
            long number = Long.parseLong(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException none) {
            throw new Mistake("it is a whole number, not " + Words.quoted(text));
        }
        throw new Mistake("it is a whole number from " + least + " to " + most + ", not " + text);
    }

    /** Reads a constant that is given once. */
    <E extends Enum<E>> Optional<E> word(String name, Class<E> type) {
        return one(name, text -> Words.read(type, text));
    }

    /** Makes sense of what is given once; what is wrong becomes a fault. */
    <T> Optional<T> one(String name, Meaning<T> meaning) {
        List<String> texts = given.getOrDefault(name, List.of());
        if (texts.isEmpty() || !kind.words().contains(name)) {
            return Optional.empty();
        }
        try {
            if (texts.size() > 1) {
                throw new Mistake("it is given more than once");
            }
            return Optional.of(meaning.of(texts.get(0)));
        } catch (Mistake wrong) {
            faults.add(name, wrong);
            return Optional.empty();
        }
    }

    /** Makes sense of what is given any number of times; what is wrong becomes a fault. */
    <T> List<T> all(String name, Meaning<List<T>> meaning, int most) {
        List<T> all = new ArrayList<>();
        for (String text : kind.words().contains(name) ? given.getOrDefault(name, List.of()) : List.<String>of()) {
            try {
                all.addAll(text.isBlank() ? List.of() : meaning.of(text));
            } catch (Mistake wrong) {
                faults.add(name, wrong);
            }
        }
        if (all.size() > most) {
            faults.add(name, new Mistake("there are at most " + most));
        }
        return all;
    }
}
