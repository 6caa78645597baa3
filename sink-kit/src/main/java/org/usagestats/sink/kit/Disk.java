package org.usagestats.sink.kit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * What a sink does to the disk so that reports last: the calls whose failure decides what may be promised. Reading is not
 * among them. Many threads may use it at once.
 */
public interface Disk {

    /**
     * Makes a directory and those above it, each durable by name; one that exists is left alone.
     *
     * @param directory the directory
     * @throws IOException if it could not be made, or is not known to be durable; its message names the directory
     */
    void createDirectory(Path directory) throws IOException;

    /**
     * Makes a new file for appending.
     *
     * @param file the file
     * @return its channel, to be closed by the caller
     * @throws IOException if it could not be made, or is there
     */
    FileChannel create(Path file) throws IOException;

    /**
     * Opens an existing file for reading, cutting and syncing.
     *
     * @param file the file
     * @return its channel, to be closed by the caller
     * @throws IOException if it could not be opened
     */
    FileChannel open(Path file) throws IOException;

    /**
     * Writes all of a buffer at the file's end.
     *
     * @param file the file
     * @param bytes what to write
     * @throws IOException if that failed; some of it may have been written
     */
    void write(FileChannel file, ByteBuffer bytes) throws IOException;

    /**
     * Cuts a file to a length.
     *
     * @param file the file
     * @param length the bytes to leave
     * @throws IOException if that failed
     */
    void truncate(FileChannel file, long length) throws IOException;

    /**
     * Returns when the disk has confirmed what was written to a file, and its length.
     *
     * @param file the file
     * @throws IOException if it has not; a second try could succeed without it
     */
    void sync(FileChannel file) throws IOException;

    /**
     * Gives a file a second name.
     *
     * @param file the file
     * @param name the name, in the same file system
     * @throws java.nio.file.FileAlreadyExistsException if the name is taken, whoever took it
     * @throws IOException if that failed otherwise
     */
    void link(Path file, Path name) throws IOException;

    /**
     * Gives a file the name of another in one step, which is then gone.
     *
     * @param file the file
     * @param other the other
     * @throws IOException if that failed; both are as they were
     */
    void replace(Path file, Path other) throws IOException;

    /**
     * Deletes a file if it is there.
     *
     * @param file the file
     * @throws IOException if it is there and was not deleted
     */
    void delete(Path file) throws IOException;

    /**
     * Returns when the disk has confirmed the names in a directory.
     *
     * @param directory the directory
     * @throws IOException if it has not
     */
    void syncDirectory(Path directory) throws IOException;
}
