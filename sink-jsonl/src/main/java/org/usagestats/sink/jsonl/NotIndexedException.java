package org.usagestats.sink.jsonl;

import java.io.IOException;

/** Thrown when a question must be answered from the log. */
final class NotIndexedException extends IOException {

    private static final long serialVersionUID = 1L;

    NotIndexedException(String reason) {
        super(reason);
    }
}
