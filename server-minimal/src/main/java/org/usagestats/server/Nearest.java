package org.usagestats.server;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Guesses what a mistyped word was meant to be. */
final class Nearest {

    private Nearest() {}

    /** Of these words the one that begins so, or that the fewest changes of a character lead to. */
    static String of(Collection<String> words, String typed) {
        return words.stream()
                .min(Comparator.comparingInt((String word) -> word.startsWith(typed) ? 0 : 1)
                        .thenComparingInt(word -> distance(word, typed)))
                .orElse("");
    }

    /** The distance of Levenshtein. */
    private static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int changed = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[to.length()];
    }

    /** The sentence about a word that is not known. */
    static String unknown(String what, String typed, List<String> words) {
        return "unknown " + what + " " + typed + ", the nearest is " + of(words, typed);
    }
}
