package org.usagestats.benchmarks;

import java.util.ArrayList;
import java.util.List;

/**
 * The detached process as the library starts it, to be started again and again.
 *
 * @param arguments what follows {@code java}
 * @param spool what it drains
 */
record Drain(List<String> arguments, Spool spool) {

    /** Repeats a command, which was seen at work, on another spool. */
    static Drain again(List<String> command, Spool spool) {
        List<String> arguments = new ArrayList<>(command);
        arguments.set(arguments.size() - 1, spool.directory().toString());
        return new Drain(arguments, spool);
    }

    /** The JVM's flags among the arguments. */
    List<String> flags() {
        return arguments.stream().filter(word -> word.startsWith("-X")).toList();
    }
}
