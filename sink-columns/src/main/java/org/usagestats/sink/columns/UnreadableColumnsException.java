package org.usagestats.sink.columns;

import java.io.IOException;
import java.nio.file.Path;

/** Thrown when columns cannot be read from the file that holds them: it is to be made anew. */
public final class UnreadableColumnsException extends IOException {

    private static final long serialVersionUID = 1L;

    private final transient Path file;

    UnreadableColumnsException(Path file, IOException cause) {
        super(file + ": " + cause, cause);
        this.file = file;
    }

    /** The file that is damaged, or gone. */
    public Path file() {
        return file;
    }
}
