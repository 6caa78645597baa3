package org.usagestats.server.settings;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The constants of an enum as words: their names in lower case. */
public final class Choice {

    private Choice() {}

    /**
     * Finds a constant.
     *
     * @param type the enum
     * @param word what an operator or a client wrote
     * @param <E> the enum
     * @return the constant of this word, if there is one
     */
    public static <E extends Enum<E>> Optional<E> of(Class<E> type, String word) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> word(constant).equals(word))
                .findFirst();
    }

    /**
     * Lists all words there are.
     *
     * @param type the enum
     * @param <E> the enum
     * @return the words, separated by commas
     */
    public static <E extends Enum<E>> String words(Class<E> type) {
        return Arrays.stream(type.getEnumConstants()).map(Choice::word).collect(Collectors.joining(", "));
    }

    /**
     * Writes a constant as a word.
     *
     * @param constant of any enum
     * @return its name in lower case, with {@code -} for {@code _}
     */
    public static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
