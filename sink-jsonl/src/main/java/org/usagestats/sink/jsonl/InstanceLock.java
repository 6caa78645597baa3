package org.usagestats.sink.jsonl;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The right to write the segments of one instance: held by one sink of one process until it closes or its process ends.
 *
 * <p>As with a {@link BriefLock}, a system property is claimed before the file is opened.
 */
final class InstanceLock implements Closeable {

    private static final int LONGEST_TEXT = 64;

    /** The byte of the file whose lock gives the right to change the newest segment. */
    static final long NEWEST_SEGMENT = LONGEST_TEXT + 1;

    private final String claim;
    private final FileChannel file;

    private InstanceLock(String claim, FileChannel file) {
        this.claim = claim;
        this.file = file;
    }

    /**
     * Takes the right.
     *
     * @throws IOException if another has it, naming the instance and the process
     */
    static InstanceLock take(Layout layout, String instance) throws IOException {
        Path path = layout.instanceLock(instance);
        String claim = BriefLock.claimOn(path);
        if (!BriefLock.claim(claim)) {
            throw inUse(instance, "this process");
        }
        try {
            return new InstanceLock(claim, lock(path, instance));
        } catch (IOException refused) {
            System.clearProperty(claim);
            throw refused;
        }
    }

    private static FileChannel lock(Path path, String instance) throws IOException {
        FileChannel file =
                FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            // Behind the text, which stays readable where locks are mandatory.
            if (file.tryLock(LONGEST_TEXT, 1, false) == null) {
                throw inUse(instance, "process " + read(file));
            }
            // Those who rewrite the segments of an instance that does not run hold this for a moment.
            file.lock(NEWEST_SEGMENT, 1, false);
            file.truncate(0);
            file.write(StandardCharsets.US_ASCII.encode(ProcessHandle.current().pid() + "\n"));
            return file;
        } catch (IOException refused) {
            file.close();
            throw refused;
        }
    }

    private static String read(FileChannel file) throws IOException {
        ByteBuffer text = ByteBuffer.allocate(LONGEST_TEXT);
        file.read(text, 0);
        return StandardCharsets.US_ASCII.decode(text.flip()).toString().strip();
    }

    private static IOException inUse(String instance, String owner) {
        return new IOException("the instance \"" + instance + "\" of this directory is in use by " + owner
                + "; collectors that share a directory need different instance names");
    }

    /** Gives the right back; the file stays, since deleting it could let two in. */
    @Override
    public void close() throws IOException {
        try {
            file.close();
        } finally {
            System.clearProperty(claim);
        }
    }
}
