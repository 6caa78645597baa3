package org.usagestats.spi;

import java.io.IOException;
import java.util.Optional;

/**
 * Keeps one small text: the record of the user's decision.
 *
 * <p>The text is in the format of {@link org.usagestats.api.TextFormat}, at most 64 KiB, and is the client's to read and
 * write; a store keeps it as it is, in a file, in a program's own settings, or in a database that replicas share. Called
 * by the thread that opens, decides or drains, never while submitting. An exception means "no consent".
 */
public interface ConsentStore {

    /**
     * Reads the record.
     *
     * @return the text last written, or empty if none ever was
     * @throws IOException if it cannot be read
     */
    Optional<String> read() throws IOException;

    /**
     * Replaces the record, all or nothing.
     *
     * @param record the text
     * @throws IOException if it cannot be kept; the old record then stands
     */
    void write(String record) throws IOException;
}
