package org.usagestats.api;

import org.jspecify.annotations.Nullable;

/**
 * One key and its value.
 *
 * <p>A recorder accepts keys of 1 to 64 characters out of {@code A-Z a-z 0-9 _ . -}; it quietly refuses a note with any
 * other key.
 *
 * @param key what is noted
 * @param value its value as text; in a report, line breaks become spaces and what exceeds 4 KiB of UTF-8 is cut
 */
@SuppressWarnings("exports") // The null annotations are for compilers that know them; nobody needs their module.
public record Note(String key, String value) implements Part {

    /**
     * Makes a note out of any value by its {@code toString}; never throws.
     *
     * @param key the key
     * @param value the value
     * @return the note; where the key or the value is null, or the value's {@code toString} fails, one with an empty key,
     *     which no recorder accepts
     */
    public static Note note(@Nullable String key, @Nullable Object value) {
        String text = textOf(value);
        return key == null || text == null ? new Note("", "") : new Note(key, text);
    }

    /** The value's text; its {@code toString} may do anything, such as call itself without end. */
    private static @Nullable String textOf(@Nullable Object value) {
        try {
            return value == null ? null : value.toString();
        } catch (Throwable broken) {
            return null;
        }
    }
}
