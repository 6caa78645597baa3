package org.usagestats.server.tls;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

/** A file that only its owner may read. */
public final class SecretFile {

    private static final int BIGGEST = 64 * 1024;

    private static final Set<PosixFilePermission> OF_OTHERS = EnumSet.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.GROUP_EXECUTE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE,
            PosixFilePermission.OTHERS_EXECUTE);

    private SecretFile() {}

    /**
     * Reads it.
     *
     * @param file the file
     * @return its text
     * @throws IllegalArgumentException if others have any permission, or the file is too big to be a secret
     * @throws IOException if it cannot be read, in one line that names it
     */
    public static String read(Path file) throws IOException {
        try {
            require(file, OF_OTHERS, "is open to others than its owner: chmod 600 ");
            if (Files.size(file) > BIGGEST) {
                throw new IllegalArgumentException(file + " has more than " + BIGGEST + " bytes");
            }
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (NoSuchFileException missing) {
            throw new IOException("there is no file " + file, missing);
        } catch (IOException unreadable) {
            throw new IOException("cannot read " + file + ": " + unreadable, unreadable);
        }
    }

    /**
     * Refuses a file that everybody may read; a group may.
     *
     * @throws IllegalArgumentException if everybody may
     * @throws IOException if it cannot be seen, in one line that names it
     */
    static void requireHidden(Path file) throws IOException {
        try {
            require(file, EnumSet.of(PosixFilePermission.OTHERS_READ), "is open to everybody: chmod o= ");
        } catch (NoSuchFileException missing) {
            throw new IOException("there is no file " + file, missing);
        }
    }

    private static void require(Path file, Set<PosixFilePermission> without, String complaint) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (view == null) {
            return;
        }
        Set<PosixFilePermission> permissions = view.readAttributes().permissions();
        permissions.retainAll(without);
        if (!permissions.isEmpty()) {
            throw new IllegalArgumentException(file + " " + complaint + file);
        }
    }
}
