package org.usagestats.sink.jsonl;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.List;
import org.usagestats.sink.SinkFullException;

/** Says why a disk did not do what it was asked. */
final class Failure {

    /** How ENOSPC, EDQUOT and EFBIG read on Linux and macOS, and the like on Windows. */
    private static final List<String> FULL = List.of(
            "No space left on device",
            "Disk quota exceeded",
            "Disc quota exceeded",
            "File too large",
            "not enough space on the disk");

    private Failure() {}

    /** Makes the exception for one of the callers whom a failure concerns. */
    static IOException of(IOException failure) {
        String message = reason(failure);
        for (String text : FULL) {
            if (message.contains(text)) {
                return new SinkFullException(message, failure);
            }
        }
        return new IOException(message, failure);
    }

    /** Says in one line why; many exceptions of the file system hold nothing but a path. */
    static String reason(IOException failure) {
        boolean pathOnly = failure instanceof FileSystemException file && file.getReason() == null;
        return pathOnly || failure.getMessage() == null ? failure.toString() : failure.getMessage();
    }
}
