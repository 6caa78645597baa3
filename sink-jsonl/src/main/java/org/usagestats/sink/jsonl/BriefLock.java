package org.usagestats.sink.jsonl;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * A right that is held only while segments are rewritten: a lock on a byte of a file.
 *
 * <p>The operating system frees a file's lock as soon as any channel on that file is closed in the process that holds it.
 * So a system property is claimed before the file is opened: a second sink in the same JVM, whichever class loader it
 * comes from, never touches the file. The file stays, since deleting it could let two in.
 */
final class BriefLock {

    private static final String BRIEFLY = "briefly";
    private static final Duration PAUSE = Duration.ofMillis(10);

    private BriefLock() {}

    /** What is done while the right is held. */
    interface Work {
        void run() throws IOException;
    }

    /**
     * Does work while the right is held, unless another has it.
     *
     * @param path the real path of the file
     * @param position the byte of it
     * @return whether the work was done
     */
    static boolean holding(Path path, long position, Work work) throws IOException {
        String claim = claimOn(path);
        if (System.getProperties().putIfAbsent(claim, BRIEFLY) != null) {
            return false;
        }
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            if (file.tryLock(position, 1, false) == null) {
                return false;
            }
            work.run();
            return true;
        } finally {
            System.clearProperty(claim);
        }
    }

    /** The name of the property that stands for a file. */
    static String claimOn(Path path) {
        return "usagestats.sink.jsonl:" + path;
    }

    /**
     * Claims a file in this JVM; waits while another has it briefly.
     *
     * @return false if another has it for long
     */
    static boolean claim(String claim) {
        Object holder = System.getProperties().putIfAbsent(claim, "open");
        while (BRIEFLY.equals(holder)) {
            LockSupport.parkNanos(PAUSE.toNanos());
            holder = System.getProperties().putIfAbsent(claim, "open");
        }
        return holder == null;
    }
}
