package org.usagestats.benchmarks;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** The programs of this machine that ours are compared with, where they are there. */
public final class Others {

    private Others() {}

    /**
     * Tells whether a command succeeds, and says so if it does not.
     *
     * @param name what is left out without it
     * @param command the command and its arguments
     * @return whether it ended well within 10 s
     * @throws InterruptedException if interrupted meanwhile
     */
    public static boolean isThere(String name, String... command) throws InterruptedException {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            if (process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0) {
                return true;
            }
            leaveOut(name, "this fails: " + String.join(" ", command));
        } catch (IOException missing) {
            leaveOut(name, String.valueOf(missing.getMessage()));
        }
        return false;
    }

    /**
     * Says that something is left out.
     *
     * @param name what is left out
     * @param reason why
     */
    public static void leaveOut(String name, String reason) {
        System.err.println("left out: " + name + ": " + reason);
    }
}
