package org.usagestats.it;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A clock that tells a program another time, made by Debian's package {@code libfaketime}. */
final class FalseClock {

    private static final Path LIBRARY = Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1");

    private FalseClock() {}

    /** The words before a command that let its clock start at noon of a day; where they cannot, the test is skipped. */
    static List<String> at(String date) {
        assumeTrue(Files.exists(LIBRARY), "libfaketime is not installed");
        return List.of(
                "env", "LD_PRELOAD=" + LIBRARY, "FAKETIME_DONT_FAKE_MONOTONIC=1", "FAKETIME=@" + date + " 12:00:00");
    }
}
