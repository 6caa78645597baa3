package org.usagestats.core;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.usagestats.api.Note;

/**
 * The notes of one report, kept within the bounds of a report: 128 notes, 4 KiB a value, 64 KiB in all. What is refused is
 * counted and otherwise passed over.
 */
final class Draft {

    static final int MAX_NOTES = 128;
    static final int MAX_VALUE_BYTES = 4 * 1024;
    static final int MAX_BYTES = 64 * 1024;

    private static final int MAX_KEY_LENGTH = 64;

    /** What UTF-8 takes at most for one char of Java; what takes 4 bytes is two of them. */
    private static final int MAX_CHAR_BYTES = 3;

    private final List<Note> notes = new ArrayList<>();
    private int bytes;
    private int refused;

    void add(Note note) {
        if (note.value() == null || !isKey(note.key())) {
            refused++;
            return;
        }
        String value = cut(note.value());
        Note kept = value.equals(note.value()) ? note : new Note(note.key(), value);
        int size = size(kept);
        if (notes.size() == MAX_NOTES || bytes + size > MAX_BYTES) {
            refused++;
            return;
        }
        bytes += size;
        notes.add(kept);
    }

    /** Takes out the notes whose keys begin so; what was refused stays counted here. */
    Draft take(String prefix) {
        Draft taken = new Draft();
        for (int i = 0; i < notes.size(); ) {
            Note note = notes.get(i);
            if (note.key().startsWith(prefix)) {
                bytes -= size(notes.remove(i));
                taken.add(note);
            } else {
                i++;
            }
        }
        return taken;
    }

    /** Whether a note has this key. */
    boolean has(String key) {
        for (Note note : notes) {
            if (note.key().equals(key)) {
                return true;
            }
        }
        return false;
    }

    void refuse() {
        refused++;
    }

    List<Note> notes() {
        return notes;
    }

    int refused() {
        return refused;
    }

    static boolean isKey(@Nullable String key) {
        if (key == null) {
            return false;
        }
        for (int i = 0; i < key.length(); i++) {
            char c = key.charAt(i);
            boolean isLetter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            boolean isDigit = c >= '0' && c <= '9';
            boolean allowed = isLetter || isDigit || c == '_' || c == '.' || c == '-';
            if (!allowed) {
                return false;
            }
        }
        return !key.isEmpty() && key.length() <= MAX_KEY_LENGTH;
    }

    /** Cuts a value that is too long, between characters, and says at its end how many bytes are missing. */
    private static String cut(String value) {
        if (value.length() <= MAX_VALUE_BYTES / MAX_CHAR_BYTES) {
            return value;
        }
        int size = bytes(value);
        if (size <= MAX_VALUE_BYTES) {
            return value;
        }
        String longest = "…[cut " + size + "]";
        int room = MAX_VALUE_BYTES - bytes(longest);
        int end = 0;
        int kept = 0;
        while (kept + bytesAt(value, end) <= room) {
            kept += bytesAt(value, end);
            end += Character.charCount(value.codePointAt(end));
        }
        return value.substring(0, end) + "…[cut " + (size - kept) + "]";
    }

    private static int size(Note note) {
        return note.key().length() + bytes(note.value()) + 2;
    }

    private static int bytes(String text) {
        int bytes = 0;
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            bytes += bytesAt(text, i);
        }
        return bytes;
    }

    /** How many bytes of UTF-8 the character at an index takes; a lone surrogate is written as one question mark. */
    private static int bytesAt(String text, int index) {
        int c = text.codePointAt(index);
        if (c < 0x80 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
            return 1;
        }
        if (c < 0x800) {
            return 2;
        }
        return c < 0x10000 ? 3 : 4;
    }
}
