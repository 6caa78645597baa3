package org.usagestats.benchmarks.programs;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;

/**
 * Starts the smallest process that leaves another behind: the least that a detached delivery can cost. Or starts a first one
 * before its work, and takes the time of a second: the least that one can cost in a JVM where everything is loaded.
 */
final class Spawn {

    private Spawn() {}

    /**
     * Runs the program.
     *
     * @param args how many milliseconds its work takes, and {@code again} for the second way
     * @throws IOException if there is no shell
     * @throws InterruptedException never
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        if (args.length > 1) {
            spawn();
        }
        Thread.sleep(Long.parseLong(args[0]));
        long start = System.nanoTime();
        spawn();
        System.out.println(System.nanoTime() - start);
    }

    private static void spawn() throws IOException {
        new ProcessBuilder("/bin/sh", "-c", "true &")
                .redirectInput(Redirect.from(new File("/dev/null")))
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.DISCARD)
                .start();
    }
}
