package org.usagestats.core;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.usagestats.api.Note;
import org.usagestats.api.TextFormat;

/**
 * What the drains of a spool leave to those that follow, kept in the file {@code drain}; only the holder of the spool's lock
 * writes it. Times are in milliseconds since the epoch, 0 for never.
 *
 * @param ended when a drain last got answers to all it sent
 * @param retry when the next may begin after one that did not
 * @param failures how many in a row did not
 * @param answered whether the last failure was an answer of the collector, rather than silence
 * @param launched when a process was last started to drain, until it ends
 * @param behind names of reports that were refused while others were not, to be tried after all others
 * @param tried when a drain last tried to deliver, whatever came of it
 * @param answer what came of it, in a sentence fit to show
 */
record DrainState(
        long ended,
        long retry,
        int failures,
        boolean answered,
        long launched,
        List<String> behind,
        long tried,
        String answer) {

    static final String FILE = "drain";

    static final DrainState NONE = new DrainState(0, 0, 0, true, 0, List.of(), 0, "");

    /** How much of what a transport says is kept. */
    private static final int MAX_ANSWER = 500;

    /** More failures than make a difference. */
    private static final int MANY = 1000;

    /** Reads the state; one that is absent or broken is as good as none. */
    static DrainState read(Spool spool) {
        Directory directory = spool.directory();
        if (directory.size(FILE) == 0) {
            return NONE;
        }
        try {
            return parse(TextFormat.decode(directory.read(FILE)));
        } catch (IOException | NumberFormatException broken) {
            return NONE;
        }
    }

    private static DrainState parse(List<Note> notes) {
        List<String> behind = new ArrayList<>();
        String answer = "";
        for (Note note : notes) {
            if (note.key().equals("behind")) {
                behind.add(note.value());
            } else if (note.key().equals("answer")) {
                answer = note.value();
            }
        }
        return new DrainState(
                number(notes, "ended"),
                number(notes, "retry"),
                (int) Math.min(number(notes, "failures"), MANY),
                number(notes, "answered") != 0,
                number(notes, "launched"),
                behind,
                number(notes, "tried"),
                answer);
    }

    private static long number(List<Note> notes, String key) {
        for (Note note : notes) {
            if (note.key().equals(key)) {
                return checked(Long.parseLong(note.value()));
            }
        }
        return 0;
    }

    private static long checked(long number) {
        if (number < 0) {
            throw new NumberFormatException("below 0");
        }
        return number;
    }

    void write(Spool spool) throws IOException {
        List<Note> notes = new ArrayList<>();
        notes.add(new Note("ended", Long.toString(ended)));
        notes.add(new Note("retry", Long.toString(retry)));
        notes.add(new Note("failures", Integer.toString(failures)));
        notes.add(new Note("answered", answered ? "1" : "0"));
        notes.add(new Note("launched", Long.toString(launched)));
        notes.add(new Note("tried", Long.toString(tried)));
        notes.add(new Note("answer", answer));
        for (String name : behind) {
            notes.add(new Note("behind", name));
        }
        spool.directory().replace(FILE, TextFormat.encode(notes));
    }

    /** Whether the collector answered that it wants to be left alone for longer than until now. */
    boolean isKeptOff(long now) {
        return answered && UploadSchedule.retry(this, now) > now;
    }

    /** The state after a process was started to drain; 0 if that failed. */
    DrainState launchedAt(long now) {
        return new DrainState(ended, retry, failures, answered, now, behind, tried, answer);
    }

    /** The state after a drain that was not stopped by an answer, or by the lack of one. */
    DrainState succeeded(long lastEnd, List<String> refused) {
        return new DrainState(lastEnd, 0, 0, true, 0, refused, tried, answer);
    }

    /** The state after a drain that was. */
    DrainState failed(long notBefore, boolean byAnswer, List<String> refused) {
        return new DrainState(ended, notBefore, failures + 1, byAnswer, 0, refused, tried, answer);
    }

    /** The state with what came of the drain that it is after. */
    DrainState tried(long now, String told) {
        String kept = told.length() > MAX_ANSWER ? told.substring(0, MAX_ANSWER) + "…" : told;
        return new DrainState(ended, retry, failures, answered, launched, behind, now, kept);
    }
}
