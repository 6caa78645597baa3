package org.usagestats.sink.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.usagestats.sink.SinkFullException;

/** Says why reports could not be stored. */
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
        String message = "cannot store in " + directory + ": " + failed;
        return isFull(failed, directory) ? new SinkFullException(message, failed) : new IOException(message, failed);
    }

    private static boolean isFull(IOException failed, Path directory) {
        String message = failed.toString();
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
