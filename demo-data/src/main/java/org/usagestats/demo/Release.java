package org.usagestats.demo;

import java.util.List;

/**
 * A release of the program.
 *
 * @param day when it came out
 * @param version its version
 * @param errors how many of a hundred exports fail in it
 */
record Release(int day, String version, int errors) {

    /** The oldest first. 2.2.0 is the one with the bug. */
    static final List<Release> ALL = List.of(
            new Release(-400, "1.8.0", 3),
            new Release(-90, "1.8.1", 2),
            new Release(-25, "1.9.0", 3),
            new Release(32, "1.9.1", 2),
            new Release(60, "1.10.0", 2),
            new Release(110, "2.0.0", 4),
            new Release(124, "2.0.1", 2),
            new Release(172, "2.1.0", 2),
            new Release(222, "2.2.0", 38),
            new Release(239, "2.2.1", 2),
            new Release(284, "2.3.0", 2),
            new Release(338, "2.4.0", 1));

    /** The newest that is out on a day. */
    static Release newestOn(int day) {
        Release newest = ALL.get(0);
        for (Release release : ALL) {
            if (release.day <= day) {
                newest = release;
            }
        }
        return newest;
    }
}
