package org.usagestats.core;

import java.util.ArrayList;
import java.util.List;
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
    private final @Nullable NamedFlags namedFlags;
    private final List<Flag> allowed;
    private final Declared declared;
    private final ConsentBook consents;
    private final Session session;
    private final long patienceMillis;
    private volatile @Nullable PatientFlags patience;

    Composer(UsageStatsClient.Builder settings, Session session, Declared declared, ConsentBook consents) {
        this.program = settings.program;
        this.version = settings.version;
        this.session = session;
        this.patienceMillis = settings.flagPatienceMillis;
        this.namedFlags = settings.flags.isEmpty() ? null : new NamedFlags(settings.flags, settings.plugins());
        this.allowed = List.copyOf(settings.allowed);
        this.declared = declared;
        this.consents = consents;
    }

    /** Adds the parts to a draft: notes before flags. */
    void add(Draft draft, Part... parts) {
        if (parts == null) {
            draft.refuse();
        } else {
            addGiven(draft, parts);
        }
        if (namedFlags != null) {
            for (Flag flag : namedFlags.flags()) {
                add(draft, flag);
            }
        }
    }

    private void addGiven(Draft draft, Part... parts) {
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
    }

    /** The content of a report of the draft; a number of dropped reports is told if there were any. */
    byte[] content(Draft draft, long now, long dropped) {
        List<Note> notes = new ArrayList<>(draft.notes().size() + 6);
        notes.add(new Note("date", TextFormat.seconds(Math.max(now, EARLIEST))));
        String user = consents.user();
        if (user != null) {
            notes.add(new Note(Declared.USER, user));
        }
        notes.add(new Note("version", version));
        notes.add(new Note("program", program));
        int refused = draft.refused() + addAgreed(draft, notes);
        if (refused > 0) {
            DebugLog.say("notes undeclared, ill-formed, without a value, or too many: " + refused);
            notes.add(new Note(Declared.REFUSED, Integer.toString(refused)));
        }
        if (dropped > 0) {
            notes.add(new Note(Declared.DROPPED, Long.toString(dropped)));
        }
        return TextFormat.encode(notes);
    }

    /** Adds what the user agreed to. Returns how many notes the program had not declared. */
    private int addAgreed(Draft draft, List<Note> notes) {
        int undeclared = 0;
        for (Note note : draft.notes()) {
            if (Declared.isTheLibrarys(note.key()) || !declared.admits(note.key())) {
                undeclared++;
            } else if (consents.isAgreed(note.key())) {
                notes.add(note);
            }
        }
        return undeclared;
    }

    private void add(Draft draft, Flag flag) {
        try {
            if (flag.identifying() && !(allowed.contains(flag) && consents.isGivenByUser())) {
                DebugLog.say("a flag that can identify a person adds nothing until the program allows it and its user"
                        + " agreed: " + flag.keys());
                return;
            }
            if (declared.isInForce() && !mayAdd(flag)) {
                return;
            }
            for (Note note : ask(flag)) {
                draft.add(note);
            }
        } catch (Throwable failed) {
            draft.refuse();
            DebugLog.say("the flag " + flag.getClass().getName() + " failed: " + DebugLog.told(failed));
        }
    }

    /** Asks a flag of the library's own, which answers at once, here, and a stranger's with patience. */
    private List<Note> ask(Flag flag) {
        if (flag.getClass().getPackage().equals(Flag.class.getPackage())) {
            return flag.notes(session);
        }
        PatientFlags patient = patience;
        if (patient == null) {
            patient = new PatientFlags(patienceMillis);
            patience = patient;
        }
        return patient.notes(flag, session);
    }

    /** Whether the user agreed to anything that a flag adds; if not, it is not even asked. */
    private boolean mayAdd(Flag flag) {
        for (String key : flag.keys()) {
            if (declared.admits(key) && consents.isAgreed(key)) {
                return true;
            }
        }
        return false;
    }
}
