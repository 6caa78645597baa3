package org.usagestats.testkit;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.usagestats.api.Note;
import org.usagestats.api.Part;
import org.usagestats.api.Recorder;
import org.usagestats.api.Submission;

/** A library's recorder, whose notes and submits are those of the program's under the library's name. */
final class LibraryNotes implements Recorder {

    private final Recorder program;
    private final String prefix;

    LibraryNotes(Recorder program, String prefix) {
        this.program = program;
        this.prefix = prefix;
    }

    @Override
    public void note(@Nullable String key, @Nullable Object value) {
        program.note(prefix + key, value);
    }

    @Override
    public void note(@Nullable Map<String, ?> notes) {
        if (notes != null) {
            notes.forEach(this::note);
        }
    }

    @Override
    public Submission submit(Part... parts) {
        Part[] own = new Part[parts.length];
        for (int i = 0; i < parts.length; i++) {
            own[i] = parts[i] instanceof Note note ? new Note(prefix + note.key(), note.value()) : parts[i];
        }
        return program.submit(own);
    }
}
