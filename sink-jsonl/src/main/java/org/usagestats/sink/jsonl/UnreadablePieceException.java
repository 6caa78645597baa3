package org.usagestats.sink.jsonl;

import java.io.IOException;

/** Thrown when columns that are derived from a segment cannot be read as they should. */
final class UnreadablePieceException extends IOException {

    private static final long serialVersionUID = 1L;

    private final transient Segment segment;

    UnreadablePieceException(Segment segment, IOException cause) {
        super(cause.getMessage(), cause);
        this.segment = segment;
    }

    Segment segment() {
        return segment;
    }
}
