package org.usagestats.benchmarks.programs;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.StandardOpenOption;

/** Takes a lock on a file, as a program with an upload due does. */
final class Lock {

    private Lock() {}

    /**
     * Runs the program.
     *
     * @param args a directory
     * @throws IOException if the file cannot be locked
     */
    public static void main(String[] args) throws IOException {
        long start = System.nanoTime();
        File file = new File(args[0], "lock");
        try (FileChannel channel =
                        FileChannel.open(file.toPath(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            if (lock == null) {
                throw new IOException("somebody else holds the lock");
            }
        }
        System.out.println(System.nanoTime() - start);
    }
}
