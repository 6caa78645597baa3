package org.usagestats.benchmarks;

import java.util.ArrayList;
import java.util.List;

/**
 * A program as it is measured with one JDK.
 *
 * @param table the heading under which it is shown
 * @param name its name, the same with each JDK
 * @param baseline the name of the program that it is compared with; its own if with none
 * @param jdk the JDK
 * @param arguments what follows {@code java}
 * @param spool its directory
 * @param traffic what it sends
 */
record Program(
        String table, String name, String baseline, Jdk jdk, List<String> arguments, Spool spool, Traffic traffic) {

    /** The same program with more options of the JVM. */
    Program with(List<String> options) {
        List<String> all = new ArrayList<>(options);
        all.addAll(arguments);
        return new Program(table, name, baseline, jdk, all, spool, traffic);
    }

    /** What a run of a program sends to the server. */
    enum Traffic {
        /** Nothing. */
        NONE,
        /** Something, which arrives before the next program starts. */
        RECEIVED,
        /** Something, which may be given up when the program ends. */
        ATTEMPTED,
        /** Something, to a server that does not answer. */
        UNANSWERED
    }
}
