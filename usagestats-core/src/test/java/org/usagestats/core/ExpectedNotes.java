package org.usagestats.core;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import org.usagestats.api.Note;
import org.usagestats.core.BadInput.BadFlag;

/** What the rules say of a report's notes. */
final class ExpectedNotes {

    final List<Note> notes = new ArrayList<>();
    private int bytes;
    int refused;

    void note(String key, Object value) {
        String text = key == null || !key.matches("[A-Za-z0-9_.-]{1,64}") ? null : text(value);
        String kept = text == null ? "" : cut(new String(text.getBytes(UTF_8), UTF_8));
        int size = text == null ? 0 : key.length() + kept.getBytes(UTF_8).length + 2;
        if (text == null || notes.size() == 128 || bytes + size > 64 * 1024) {
            refused++;
            return;
        }
        bytes += size;
        notes.add(new Note(key, kept.replaceAll("\r\n|\r|\n", " ")));
    }

    /** A flag counts as one refused note if it fails, whatever it would have added. */
    void flag(BadFlag flag) {
        List<Note> answer;
        try {
            flag.keys();
            answer = List.copyOf(flag.notes(null));
        } catch (Throwable failed) {
            refused++;
            return;
        }
        answer.forEach(note -> note(note.key(), note.value()));
    }

    List<Note> notes(boolean declared) {
        List<Note> kept = new ArrayList<>(notes);
        kept.removeIf(note -> declared && !note.key().equals("k") && !note.key().equals("mode"));
        int withheld = refused + notes.size() - kept.size();
        if (withheld > 0) {
            kept.add(new Note("usagestats.refused", Integer.toString(withheld)));
        }
        return kept;
    }

    private static String text(Object value) {
        try {
            return value == null ? null : value.toString();
        } catch (Throwable broken) {
            return null;
        }
    }

    private static String cut(String text) {
        int size = text.getBytes(UTF_8).length;
        if (size <= 4096) {
            return text;
        }
        int room = 4096 - ("…[cut " + size + "]").getBytes(UTF_8).length;
        StringBuilder kept = new StringBuilder();
        int used = 0;
        for (int c : text.codePoints().toArray()) {
            int more = Character.toString(c).getBytes(UTF_8).length;
            if (used + more > room) {
                break;
            }
            used += more;
            kept.appendCodePoint(c);
        }
        return kept + "…[cut " + (size - used) + "]";
    }
}
