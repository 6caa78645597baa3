package org.usagestats.sink;

import java.io.IOException;

/** Says that a sink has no room left. */
public final class SinkFullException extends IOException {

    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception.
     *
     * @param message what is full, in one line
     * @param cause how it showed
     */
    public SinkFullException(String message, Throwable cause) {
        super(message, cause);
    }
}
