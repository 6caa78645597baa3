package org.usagestats.server.records;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Hands on what is written, a line at a time and without its line feed. Not for use by several threads. */
public final class Lines extends OutputStream {

    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final Taker to;

    /** Takes lines. */
    @FunctionalInterface
    public interface Taker {

        /**
         * Takes one.
         *
         * @param line the line, now the taker's own
         * @throws IOException if it cannot go on
         */
        void take(byte[] line) throws IOException;
    }

    /**
     * Starts before the first line.
     *
     * @param to who takes the lines
     */
    public Lines(Taker to) {
        this.to = to;
    }

    @Override
    public void write(int value) throws IOException {
        if (value == '\n') {
            to.take(line.toByteArray());
            line.reset();
        } else {
            line.write(value);
        }
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        int start = from;
        for (int i = from; i < from + length; i++) {
            if (bytes[i] == '\n') {
                line.write(bytes, start, i - start);
                write('\n');
                start = i + 1;
            }
        }
        line.write(bytes, start, from + length - start);
    }
}
