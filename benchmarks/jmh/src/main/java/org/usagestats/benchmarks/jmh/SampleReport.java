package org.usagestats.benchmarks.jmh;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.usagestats.api.Note;
import org.usagestats.api.TextFormat;

/** One report of eighteen notes and some 600 bytes. */
final class SampleReport {

    private static final int OWN_NOTES = 15;

    private SampleReport() {}

    /** What the program notes of itself. */
    static List<Note> ownNotes() {
        List<Note> notes = new ArrayList<>();
        for (int i = 0; i < OWN_NOTES; i++) {
            notes.add(new Note("measured_key_" + i, "a value of some length, " + i));
        }
        return notes;
    }

    /** What the report holds, as the client puts it together. */
    static List<Note> notes() {
        List<Note> notes = new ArrayList<>();
        notes.add(new Note("date", TextFormat.seconds(System.currentTimeMillis())));
        notes.add(new Note("version", "0.1"));
        notes.add(new Note("program", "cool-program"));
        notes.addAll(ownNotes());
        return notes;
    }

    /** The least that can be done to write the report down. */
    static byte[] bareBytes(List<Note> notes) {
        StringBuilder text = new StringBuilder(1024);
        for (Note note : notes) {
            text.append(note.key()).append(':').append(note.value()).append('\n');
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
