package org.usagestats.query;

import java.util.Collection;
import java.util.Comparator;

/** Guesses what a mistyped word was meant to be. */
public final class Nearest {

    private Nearest() {}

    /**
     * Finds the word that is most like another.
     *
     * @param words the words that are known
     * @param typed the one that is not
     * @return the word that begins so, or that the fewest changes of a character lead to; empty if there are no words
     */
    public static String of(Collection<String> words, String typed) {
        return words.stream()
                .min(Comparator.comparingInt((String word) -> begins(word, typed) ? 0 : 1)
                        .thenComparingInt(word -> distance(word, typed)))
                .orElse("");
    }

    /**
     * Finds the word that was probably meant.
     *
     * @param words the words that are known
     * @param typed the one that is not
     * @return the most similar word, if at most a third of its characters differ or it begins so; else empty
     */
    public static String likely(Collection<String> words, String typed) {
        String nearest = of(words, typed);
        int allowed = Math.max(nearest.length(), typed.length()) / 3;
        return begins(nearest, typed) || distance(nearest, typed) <= allowed ? nearest : "";
    }

    private static boolean begins(String word, String typed) {
        return !typed.isEmpty() && word.startsWith(typed);
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
}
