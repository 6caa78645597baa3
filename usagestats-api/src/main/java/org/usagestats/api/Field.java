package org.usagestats.api;

import java.util.List;

/**
 * A key that reports may carry, and why: one line of what a user is asked to agree to.
 *
 * @param key the key of the notes
 * @param purpose what the program's author wants to learn from it: half a sentence on one line, at most 200 characters, in
 *     one language only, since a purpose that changed is a new question to the user
 */
public record Field(String key, String purpose) {

    /**
     * Lists fields for people, a line for each purpose.
     *
     * @param fields the fields; neighbours with the same purpose share a line
     * @return lines such as {@code "    mode: which code path was used\n"}
     */
    public static String listing(List<Field> fields) {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < fields.size(); i++) {
            Field field = fields.get(i);
            boolean goesOn = i > 0 && fields.get(i - 1).purpose().equals(field.purpose());
            boolean hasMore =
                    i + 1 < fields.size() && fields.get(i + 1).purpose().equals(field.purpose());
            lines.append(goesOn ? ", " : "    ").append(field.key());
            if (!hasMore) {
                lines.append(": ").append(field.purpose()).append('\n');
            }
        }
        return lines.toString();
    }
}
