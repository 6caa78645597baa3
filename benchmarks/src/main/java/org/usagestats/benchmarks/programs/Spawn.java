package org.usagestats.benchmarks.programs;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;

/** Starts the smallest process that leaves another behind: the least that a detached delivery can cost. */
final class Spawn {

    private Spawn() {}

    /**
     * Runs the program.
     *
     * @param args how many milliseconds its work takes
     * @throws IOException if there is no shell
     * @throws InterruptedException never
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        Thread.sleep(Long.parseLong(args[0]));
        long start = System.nanoTime();
        new ProcessBuilder("/bin/sh", "-c", "true &")
                .redirectInput(Redirect.from(new File("/dev/null")))
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.DISCARD)
                .start();
        System.out.println(System.nanoTime() - start);
    }
}
