package org.usagestats.benchmarks.load.servers;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;

/** Appends 600 bytes to a file and syncs it, again and again: what the disk takes, without any server. */
public final class BareAppends {

    private static final int MOST = 1 << 20;

    private BareAppends() {}

    /**
     * Prints a line as wrk's script does: how many, microseconds, errors, and two quantiles in microseconds.
     *
     * @param args the file, and for how many seconds
     * @throws IOException if the disk fails
     */
    public static void main(String[] args) throws IOException {
        long[] nanos = new long[MOST];
        int count = 0;
        ByteBuffer report = ByteBuffer.allocateDirect(600);
        try (FileChannel file =
                FileChannel.open(Path.of(args[0]), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            long end = System.nanoTime()
                    + Duration.ofSeconds(Long.parseLong(args[1])).toNanos();
            for (long now = System.nanoTime(); now < end && count < MOST; count++) {
                file.write(report.rewind());
                file.force(false);
                long done = System.nanoTime();
                nanos[count] = done - now;
                now = done;
            }
        }
        long sum = Arrays.stream(nanos, 0, count).sum();
        Arrays.sort(nanos, 0, count);
        System.out.printf(
                "slice %d %d 0 %d %d%n", count, sum / 1000, nanos[count / 2] / 1000, nanos[count * 99 / 100] / 1000);
    }
}
