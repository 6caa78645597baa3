package org.usagestats.core;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.usagestats.api.Flag;
import org.usagestats.api.Note;
import org.usagestats.api.Part;
import org.usagestats.api.Session;
import org.usagestats.api.TextFormat;

/** Puts reports together: date, user, version, program, then the notes, then what the flags bring. */
final class Composer {

    /** The collectors' format of a date wants two digits of seconds, also from a clock that was never set. */
    private static final long EARLIEST = 10_000;

    private final String program;
    private final String version;
    private final NamedFlags namedFlags;
    private final List<Flag> allowed;
    private final Session session = new RunningSession();

    Composer(String program, String version, NamedFlags namedFlags, List<Flag> allowed) {
        this.program = program;
        this.version = version;
        this.namedFlags = namedFlags;
        this.allowed = List.copyOf(allowed);
    }

    /** Adds the parts to a draft: notes before flags. */
    void add(Draft draft, Part... parts) {
        for (Part part : parts) {
            if (part instanceof Note note) {
                draft.add(note);
            }
        }
        for (Part part : parts) {
            if (part instanceof Flag flag) {
                add(draft, flag);
            } else if (part == null) {
                draft.refuse();
            }
        }
        for (Flag flag : namedFlags.flags()) {
            add(draft, flag);
        }
    }

    /** The content of a report of the draft; a number of dropped reports is told if there were any. */
    byte[] content(Draft draft, long now, @Nullable UUID user, long dropped) {
        List<Note> notes = new ArrayList<>(draft.notes().size() + 5);
        notes.add(new Note("date", TextFormat.seconds(Math.max(now, EARLIEST))));
        if (user != null) {
            notes.add(new Note("user", user.toString()));
        }
        notes.add(new Note("version", version));
        notes.add(new Note("program", program));
        notes.addAll(draft.notes());
        if (dropped > 0) {
            notes.add(new Note("usagestats.dropped", Long.toString(dropped)));
        }
        return TextFormat.encode(notes);
    }

    private void add(Draft draft, Flag flag) {
        try {
            if (flag.identifying() && !allowed.contains(flag)) {
                DebugLog.say(
                        "a flag that can identify a person adds nothing until the program allows it: " + flag.keys());
                return;
            }
            for (Note note : flag.notes(session)) {
                draft.add(note);
            }
        } catch (RuntimeException failed) {
            draft.refuse();
            DebugLog.say("the flag " + flag.getClass().getName() + " failed: " + failed);
        }
    }
}
