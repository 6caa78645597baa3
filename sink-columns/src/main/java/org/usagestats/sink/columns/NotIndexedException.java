package org.usagestats.sink.columns;

import java.io.IOException;

/** Thrown when a question must be answered from the reports themselves. */
public final class NotIndexedException extends IOException {

    private static final long serialVersionUID = 1L;

    /** Says why, in one line. */
    public NotIndexedException(String reason) {
        super(reason);
    }
}
