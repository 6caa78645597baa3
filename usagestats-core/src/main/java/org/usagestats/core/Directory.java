package org.usagestats.core;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The place where the spool and the decision are kept: files by their names, some of them in folders, whose name then stands
 * before a slash, as in {@code sent/report_…}.
 *
 * <p>What a method did, every other process sees at once, and a program that is killed takes nothing of it back. A power cut
 * does: it may undo the latest renames and deletions, and of a file it may leave any part, none, or zeros in the right
 * length, even under a name that was given after the content was written. Only what {@link #sync} returned from is safe.
 *
 * <p>For any number of threads.
 */
interface Directory {

    /** The size from which on a file is not read as a whole. */
    int LIMIT = 128 * 1024;

    /** Why the directory cannot be used, in a sentence fit to show, or null if it can; one that is absent can. */
    @Nullable
    String fault();

    /** Creates the directory if it is absent, for its user alone. */
    void create() throws IOException;

    /** A folder in it, which need not exist. */
    Directory folder(String name);

    /** The names of the files and folders in it, in any order; none while it is absent. */
    String[] unsorted();

    /** The names of the files and folders in it, sorted; none while it is absent. */
    default String[] list() {
        String[] names = unsorted();
        Arrays.sort(names);
        return names;
    }

    /** Whether there is a file or folder of that name. */
    boolean exists(String name);

    /** How many bytes a file has; none if it is absent. */
    long size(String name);

    /** When a file was last written or touched, in milliseconds since the epoch; 0 if it is absent. */
    long modified(String name);

    /** Opens a file to be read; what is not a file, such as a link to one, is refused. */
    InputStream open(String name) throws IOException;

    /** Reads the whole of a file of at most 128 KiB. */
    default byte[] read(String name) throws IOException {
        try (InputStream in = open(name)) {
            return whole(name, in);
        }
    }

    /** Reads all of at most 128 KiB. */
    static byte[] whole(String name, InputStream in) throws IOException {
        byte[] content = in.readNBytes(LIMIT + 1);
        if (content.length > LIMIT) {
            throw new IOException(name + " is larger than 128 KiB");
        }
        return content;
    }

    /** Writes at the end of a file, which is created if it is absent. When this fails, a part may have been written. */
    void append(String name, byte[] content) throws IOException;

    /** Creates an empty file that its owner alone can read; one that is there stays, and gets the time. */
    void touch(String name, long now) throws IOException;

    /** Renames a file at once and as a whole, in place of what bore the new name. Returns false if it could not be. */
    boolean rename(String name, String to);

    /** Deletes a file or an empty folder. Returns false if it was gone already, or stays. */
    boolean delete(String name);

    /** Forces a file's content, and its being there under its name, to the disk; nothing happens to one that is gone. */
    void sync(String name) throws IOException;

    /** Whether so much is in it that the oldest report must leave at once; a disk has room until a drain looks. */
    default boolean isFull() {
        return false;
    }

    /** Takes the right to drain, or returns null at once if somebody has it. Fails where nobody can have it. */
    @Nullable
    DrainLock tryLock() throws IOException;

    /** Replaces a file so that its readers see the old content or the new, and never a part; for its owner alone to read. */
    default void replace(String name, byte[] content) throws IOException {
        put(temporary(content), name);
    }

    /** Replaces a file as {@link #replace} does, so that a power cut too leaves the old content or the new, and later the new. */
    default void replaceForGood(String name, byte[] content) throws IOException {
        String temporary = temporary(content);
        sync(temporary);
        put(temporary, name);
        sync(name);
    }

    private String temporary(byte[] content) throws IOException {
        String temporary = Spool.REPLACEMENT + Ids.next();
        try {
            touch(temporary, System.currentTimeMillis());
            append(temporary, content);
            return temporary;
        } catch (IOException failed) {
            delete(temporary);
            throw failed;
        }
    }

    private void put(String temporary, String name) throws IOException {
        if (!rename(temporary, name)) {
            delete(temporary);
            throw new IOException("the file " + name + " could not be replaced");
        }
    }
}
