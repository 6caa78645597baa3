package org.usagestats.sink.jsonl;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/** How the file of a segment is written: its lines as they are, or compressed, which only sealed segments are. */
enum Form {
    /** The lines as they are. */
    PLAIN(""),
    /** The lines compressed as RFC 1952 says. */
    GZIP(".gz");

    private static final int BUFFER_BYTES = 1 << 16;

    private final String suffix;

    Form(String suffix) {
        this.suffix = suffix;
    }

    /** The form of a file, by its name. */
    static Form of(Path file) {
        return file.toString().endsWith(GZIP.suffix) ? GZIP : PLAIN;
    }

    /** What a file's name has at its end. */
    String suffix() {
        return suffix;
    }

    /** Opens a file of this form to read the lines. */
    InputStream open(Path file) throws IOException {
        return from(Files.newInputStream(file));
    }

    /** Reads lines from what is in this form. */
    InputStream from(InputStream bytes) {
        return this == GZIP ? new Decompressing(bytes) : bytes;
    }

    /** Hands lines on in this form; the last of them when it is closed. */
    OutputStream to(OutputStream bytes) throws IOException {
        return this == GZIP ? new GZIPOutputStream(bytes, BUFFER_BYTES) : bytes;
    }
}
