package org.usagestats.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The processor time of the ended child processes of this one, as Linux counts it. */
final class EndedChildren {

    private static final Path STAT = Path.of("/proc/self/stat");

    /** A tick of proc(5), USER_HZ, is 10 ms on all but two forgotten architectures. */
    private static final double TICK_MILLIS = 10;

    /** The places of cutime and cstime behind the command's name. */
    private static final int USER = 13;

    private static final int SYSTEM = 14;

    private EndedChildren() {}

    /** Milliseconds, in steps of ten; not a number where the system does not tell. */
    static double cpu() throws IOException {
        if (!Files.isReadable(STAT)) {
            return Double.NaN;
        }
        String stat = Files.readString(STAT);
        List<String> fields =
                List.of(stat.substring(stat.lastIndexOf(')') + 2).trim().split(" "));
        return TICK_MILLIS * (Long.parseLong(fields.get(USER)) + Long.parseLong(fields.get(SYSTEM)));
    }
}
