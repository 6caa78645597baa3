package org.usagestats.core;

import java.io.File;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What an administrator decided about a program for everybody on the machine: the file {@code usage-stats/<program>} in
 * the system-wide configuration folder.
 *
 * <p>Where the file is absent, a look at it costs one system call. Only one that is surely absent is no wish; one in a folder
 * that cannot be searched, or a broken link, is one.
 */
final class Policy {

    private final File folder;
    private final File file;
    private final @Nullable URI dropPoint;
    private @Nullable PolicyFile seen;
    private boolean asked;

    Policy(File systemFolder, String program) {
        this.folder = new File(systemFolder, "usage-stats");
        this.file = new File(folder, program);
        this.seen = read();
        this.dropPoint = dropPoint(seen);
    }

    /**
     * Looks at the file afresh, but the first time, for then it was looked at just now. Returns why it switches off, in a
     * sentence fit to show, or null if it does not.
     */
    synchronized @Nullable String off() {
        if (asked) {
            seen = read();
        }
        asked = true;
        String off = seen == null ? null : seen.off();
        if (off == null && !Objects.equals(dropPoint(seen), dropPoint)) {
            return "Usage statistics wait for the program to be started again: your administrator changed where they go ("
                    + file + ").";
        }
        return off;
    }

    /** Why it switched on at the last look, in a sentence fit to show, or null if it did not. */
    synchronized @Nullable String on() {
        return seen == null ? null : seen.on();
    }

    /** The drop point that the file named at first; if it did not, the program's. */
    URI dropPoint(URI ofProgram) {
        return dropPoint == null ? ofProgram : dropPoint;
    }

    private @Nullable PolicyFile read() {
        // On most machines the folder is not there; asked this way the JDK throws and catches nothing.
        boolean absent = !folder.exists() || Files.notExists(file.toPath(), LinkOption.NOFOLLOW_LINKS);
        return absent ? null : PolicyFile.read(file);
    }

    private static @Nullable URI dropPoint(@Nullable PolicyFile policy) {
        return policy == null ? null : policy.dropPoint();
    }
}
