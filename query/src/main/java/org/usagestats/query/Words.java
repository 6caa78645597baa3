package org.usagestats.query;

import java.util.List;
import java.util.Locale;

/** The constants of an enum as words of a question: their names in lower case. */
final class Words {

    private Words() {}

    static <E extends Enum<E>> E read(Class<E> type, String word) throws Mistake {
        return read(List.of(type.getEnumConstants()), word);
    }

    /** Reads one of some constants. */
    static <E extends Enum<E>> E read(List<E> constants, String word) throws Mistake {
        List<String> words = constants.stream().map(Words::of).toList();
        int index = words.indexOf(word);
        if (index < 0) {
            throw unknown(quoted(word) + " is none of " + String.join(", ", words), words, word);
        }
        return constants.get(index);
    }

    static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    static Mistake unknown(String detail, List<String> words, String typed) {
        return new Mistake(detail, Nearest.likely(words, typed));
    }

    /** A text as it stands in a message: cut where it is long. */
    static String quoted(String text) {
        return '"' + (text.length() <= 60 ? text : text.substring(0, 60) + "…") + '"';
    }
}
