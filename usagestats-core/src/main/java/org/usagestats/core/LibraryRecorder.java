package org.usagestats.core;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.usagestats.api.Note;
import org.usagestats.api.Part;
import org.usagestats.api.Recorder;
import org.usagestats.api.Submission;

/** What a library is given: its notes bear its name, and tell its version once a report. */
final class LibraryRecorder implements Recorder {

    private final Client client;
    private final String prefix;
    private final Note version;

    /** The version may be missing, as that of a package without a manifest is. */
    LibraryRecorder(Client client, String name, @Nullable String version) {
        this.client = client;
        this.prefix = name + ".";
        this.version = new Note(prefix + "version", version == null ? "unknown" : version);
    }

    @Override
    public void note(@Nullable String key, @Nullable Object value) {
        client.take(version, List.of(key == null ? Note.note(null, value) : Note.note(prefix + key, value)));
    }

    @Override
    public void note(@Nullable Map<String, ?> notes) {
        client.note(prefix, version, notes);
    }

    @Override
    public Submission submit(Part... parts) {
        if (parts == null) {
            return client.submit(prefix, parts);
        }
        for (Part part : parts) {
            if (part instanceof Note note) {
                note(note.key(), note.value());
            }
        }
        return client.submit(prefix, flagsOf(parts));
    }

    private static Part[] flagsOf(Part... parts) {
        Part[] flags = parts.clone();
        int count = 0;
        for (Part part : parts) {
            if (!(part instanceof Note)) {
                flags[count++] = part;
            }
        }
        return Arrays.copyOf(flags, count);
    }
}
