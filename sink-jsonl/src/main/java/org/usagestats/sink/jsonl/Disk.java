package org.usagestats.sink.jsonl;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** What is done to the disk so that reports last: the calls whose failure decides what may be promised. */
interface Disk {

    /** Makes a directory and those above it, each durable by name; one that exists is left alone. */
    void createDirectory(Path directory) throws IOException;

    /** Makes a new file for appending. */
    FileChannel create(Path file) throws IOException;

    /** Opens an existing file for reading and cutting. */
    FileChannel open(Path file) throws IOException;

    /** Writes all of a buffer at the file's end; when it fails, some of it may have been written. */
    void write(FileChannel file, ByteBuffer bytes) throws IOException;

    /** Cuts a file to a length. */
    void truncate(FileChannel file, long length) throws IOException;

    /** Returns when the disk has confirmed what was written to a file, and its length. */
    void sync(FileChannel file) throws IOException;

    /** Gives a file the name of another in one step, which is then gone. */
    void replace(Path file, Path other) throws IOException;

    /** Deletes a file if it is there. */
    void delete(Path file) throws IOException;

    /** Returns when the disk has confirmed the names in a directory. */
    void syncDirectory(Path directory) throws IOException;
}
