package org.usagestats.server;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;

/** Writes to a {@link PrintStream}, but fails when that fails. */
final class CheckedOutput extends OutputStream {

    private final PrintStream out;

    CheckedOutput(PrintStream out) {
        this.out = out;
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        out.write(bytes, from, length);
        if (out.checkError()) {
            throw new IOException("cannot write to standard output");
        }
    }
}
