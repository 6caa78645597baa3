package org.usagestats.core;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.usagestats.api.Note;
import org.usagestats.api.TextFormat;

/**
 * The user's decision as a consent store keeps it.
 *
 * @param decision what the user decided
 * @param user the identifier made for this user when consent was given, if the program asked for one
 */
record ConsentRecord(Decision decision, @Nullable UUID user) {

    /** What a user can have decided. */
    enum Decision {
        ENABLED,
        DISABLED,
        /** The answer is no, and what waited has yet to be deleted. */
        DISABLED_CLEANING
    }

    /** Reads a record, or returns null if it is not one that this version understands. */
    static @Nullable ConsentRecord parse(String text) {
        Decision decision = null;
        UUID user = null;
        for (Note note : TextFormat.decode(text.getBytes(StandardCharsets.UTF_8))) {
            try {
                switch (note.key()) {
                    case "decision" -> decision = Decision.valueOf(note.value());
                    case "user" -> user = UUID.fromString(note.value());
                    default -> {
                        // The date is for people to read, and a later version may keep more.
                    }
                }
            } catch (IllegalArgumentException unknown) {
                return null;
            }
        }
        return decision == null || !text.endsWith("\n") ? null : new ConsentRecord(decision, user);
    }

    /** Writes the record, with the date of the decision. */
    String text(long now) {
        List<Note> notes = new ArrayList<>();
        notes.add(new Note("date", TextFormat.seconds(now)));
        if (user != null) {
            notes.add(new Note("user", user.toString()));
        }
        notes.add(new Note("decision", decision.name()));
        return new String(TextFormat.encode(notes), StandardCharsets.UTF_8);
    }
}
