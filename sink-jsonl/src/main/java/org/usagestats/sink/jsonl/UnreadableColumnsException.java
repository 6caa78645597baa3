package org.usagestats.sink.jsonl;

import java.io.IOException;
import java.nio.file.Path;

/** Thrown when columns cannot be read from the file that is derived from a segment. */
final class UnreadableColumnsException extends IOException {

    private static final long serialVersionUID = 1L;

    private final transient Path file;

    UnreadableColumnsException(Path file, IOException cause) {
        super(file + ": " + Failure.reason(cause), cause);
        this.file = file;
    }

    Path file() {
        return file;
    }
}
