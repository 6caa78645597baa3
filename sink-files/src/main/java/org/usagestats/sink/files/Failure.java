package org.usagestats.sink.files;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.usagestats.sink.SinkFullException;

/** Says why the disk did not do what it was asked. */
final class Failure {

    /** How ENOSPC, EDQUOT and EFBIG read on Linux and macOS, and the like on Windows, in English. */
    private static final List<String> FULL = List.of(
            "No space left on device",
            "Disk quota exceeded",
            "Disc quota exceeded",
            "File too large",
            "not enough space on the disk");

    /** Less room than this is none, in whatever language the operating system says so. */
    private static final long NO_ROOM_BYTES = 64 * 1024;

    private Failure() {}

    /** Makes the exception for the caller whose reports are not stored. */
    static IOException of(IOException failed, Path directory) {
        String message = "cannot store reports in " + directory + ": " + reason(failed);
        return isFull(failed, directory) ? new SinkFullException(message, failed) : new IOException(message, failed);
    }

    /** Says in one line why; many exceptions of the file system hold nothing but a path. */
    static String reason(Exception failed) {
        boolean pathOnly = failed instanceof FileSystemException file && file.getReason() == null;
        return pathOnly || failed.getMessage() == null ? failed.toString() : failed.getMessage();
    }

    private static boolean isFull(IOException failed, Path directory) {
        String message = reason(failed);
        if (FULL.stream().anyMatch(message::contains)) {
            return true;
        }
        try {
            return Files.getFileStore(directory).getUsableSpace() < NO_ROOM_BYTES;
        } catch (IOException unknown) {
            failed.addSuppressed(unknown);
            return false;
        }
    }
}
