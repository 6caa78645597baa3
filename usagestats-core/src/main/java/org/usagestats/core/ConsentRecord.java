package org.usagestats.core;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.usagestats.api.Field;
import org.usagestats.api.Note;
import org.usagestats.api.TextFormat;

/**
 * The user's decision as a consent store keeps it.
 *
 * @param decision what the user decided: one of the words below
 * @param recipient the origin that was agreed to; null for any, as an organisation's own store may say
 * @param agreed the fields that were agreed to; empty for all, as with a program that declares none
 * @param user the identifier made for this user when consent was given, if the program asked for one
 */
record ConsentRecord(
        String decision,
        @Nullable String recipient,
        List<Field> agreed,
        @Nullable String user) {

    static final String ENABLED = "ENABLED";
    static final String DISABLED = "DISABLED";

    /** The answer is no, and what waited has yet to be deleted. */
    static final String DISABLED_CLEANING = "DISABLED_CLEANING";

    static ConsentRecord no(String decision) {
        return new ConsentRecord(decision, null, List.of(), null);
    }

    /** Reads a record, or returns null if it is not one that this version understands. */
    static @Nullable ConsentRecord parse(String text) {
        String decision = null;
        String recipient = null;
        List<Field> agreed = new ArrayList<>();
        String user = null;
        for (Note note : TextFormat.decode(text.getBytes(StandardCharsets.UTF_8))) {
            String value = note.value();
            switch (note.key()) {
                case "decision" -> decision = value;
                case "recipient" -> recipient = value;
                case "agreed" -> agreed.add(field(value));
                case "user" -> user = value;
                default -> {
                    // The date is for people to read, and a later version may keep more.
                }
            }
        }
        boolean understood = isDecision(decision) && (user == null || Ids.isId(user)) && text.endsWith("\n");
        return decision != null && understood ? new ConsentRecord(decision, recipient, agreed, user) : null;
    }

    private static boolean isDecision(@Nullable String text) {
        return ENABLED.equals(text) || DISABLED.equals(text) || DISABLED_CLEANING.equals(text);
    }

    /** Writes the record, with the date of the decision. */
    String text(long now) {
        List<Note> notes = new ArrayList<>();
        notes.add(new Note("date", TextFormat.seconds(now)));
        if (recipient != null) {
            notes.add(new Note("recipient", recipient));
        }
        for (Field field : agreed) {
            notes.add(new Note("agreed", field.key() + " " + field.purpose()));
        }
        if (user != null) {
            notes.add(new Note("user", user));
        }
        notes.add(new Note("decision", decision));
        return new String(TextFormat.encode(notes), StandardCharsets.UTF_8);
    }

    private static Field field(String text) {
        int space = text.indexOf(' ');
        return space < 0 ? new Field(text, "") : new Field(text.substring(0, space), text.substring(space + 1));
    }
}
