package org.usagestats.core;

import java.io.File;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;

/**
 * A file of at most 128 KiB that is read and replaced as a whole.
 *
 * <p>Reading uses {@code java.io} alone, since it happens when a program starts. Replacing goes by a temporary file and a
 * rename, so that a reader sees the old content or the new, and never a part; what is replaced is for its owner to read.
 */
final class SmallFile {

    private static final int LIMIT = 128 * 1024;

    private SmallFile() {}

    /** The whole content. */
    static byte[] read(File file) throws IOException {
        try (InputStream in = new FileInputStream(file)) {
            byte[] content = in.readNBytes(LIMIT + 1);
            if (content.length > LIMIT) {
                throw new IOException(file.getName() + " is larger than 128 KiB");
            }
            return content;
        }
    }

    static void replace(File file, byte[] content) throws IOException {
        File temporary = new File(file.getParentFile(), Spool.TEMPORARY + Ids.next());
        try {
            keepPrivate(temporary);
            write(temporary, content);
            // Replaces the file on POSIX systems, and spares them loading the rest.
            if (!temporary.renameTo(file)) {
                Files.move(
                        temporary.toPath(),
                        file.toPath(),
                        StandardCopyOption.REPLACE_EXISTING,
                        StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException failed) {
            delete(temporary);
            throw failed;
        }
    }

    /** Creates the file so that others cannot read it, before there is anything to read. */
    private static void keepPrivate(File file) throws IOException {
        file.createNewFile();
        file.setReadable(false, false);
        file.setReadable(true, true);
    }

    static void write(File file, byte[] content) throws IOException {
        try (OutputStream out = new FileOutputStream(file)) {
            out.write(content);
        }
    }

    /** Deletes a file that may be gone already; what cannot be deleted is left for the next sweep. */
    static boolean delete(File file) {
        return file.delete();
    }
}
