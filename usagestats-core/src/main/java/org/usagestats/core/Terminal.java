package org.usagestats.core;

import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** The terminal that a user may sit at: whether a question can be seen and answered there, and what the answer is. */
final class Terminal {

    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    private static final Path STATUS = Path.of("/proc/self/stat");
    private static final Duration PAUSE = Duration.ofMillis(25);
    private static final Duration LONGEST = Duration.ofDays(1);

    /** The longest answer that is told apart from others. */
    private static final int LONGEST_ANSWER = 16;

    private final InputStream in;

    Terminal(InputStream in) {
        this.in = in;
    }

    /**
     * Whether a question can be seen and answered now: by a user who sits there and has not typed anything yet, which would
     * be no answer to it.
     */
    boolean isReady() {
        try {
            boolean attached = Files.isSymbolicLink(DESCRIPTORS.resolve("0"))
                    ? isTerminal("0") && isTerminal("2") && isInForeground()
                    : isConsole();
            return attached && in.available() == 0;
        } catch (IOException unreadable) {
            return false;
        }
    }

    /**
     * Waits for a line and reads it, and nothing after it: a terminal hands out one line at a time. It polls, since a thread
     * that is blocked in reading cannot be ended, and would take what the host is to read.
     *
     * @return the line, or null if there was none in time, the thread was interrupted, or the input cannot be read
     */
    @Nullable
    String line(Duration limit) {
        long deadline = System.nanoTime() + (limit.compareTo(LONGEST) < 0 ? limit : LONGEST).toNanos();
        StringBuilder line = new StringBuilder();
        try {
            while (!readTo(line)) {
                if (deadline - System.nanoTime() <= 0 || Thread.currentThread().isInterrupted()) {
                    return null;
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
            return line.toString();
        } catch (IOException unreadable) {
            return null;
        }
    }

    /** Reads what there is of a line. Returns whether it is at its end. */
    private boolean readTo(StringBuilder line) throws IOException {
        while (in.available() > 0 && isInForeground()) {
            int c = in.read();
            if (c < 0 || c == '\n') {
                return true;
            }
            if (line.length() < LONGEST_ANSWER) {
                line.append((char) c);
            }
        }
        return false;
    }

    /**
     * Asks the JDK, where the kernel does not tell. From JDK 22 on there is a console without a terminal too, and a method
     * to tell them apart, which is looked up because this is built for JDK 17. Nothing tells about standard error there.
     */
    @SuppressWarnings("SystemConsoleNull") // Up to JDK 21 it is null, and some later ones say so again.
    static boolean isConsole() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException olderJdk) {
            return true;
        } catch (ReflectiveOperationException unknown) {
            return false;
        }
    }

    /** Asks the kernel: the JDK tells about standard output, which may well go to a file while a user sits there. */
    private static boolean isTerminal(String descriptor) throws IOException {
        String device = Files.readSymbolicLink(DESCRIPTORS.resolve(descriptor)).toString();
        return device.startsWith("/dev/pts/") || device.startsWith("/dev/tty") || device.equals("/dev/console");
    }

    /**
     * Whether this process may read from its terminal, as far as the kernel tells: one in the background would be stopped.
     * See proc(5): after the name come state, parent, process group, session, terminal, and the group in the foreground.
     */
    private static boolean isInForeground() throws IOException {
        if (!Files.exists(STATUS)) {
            return true;
        }
        String status = Files.readString(STATUS, StandardCharsets.ISO_8859_1);
        String[] fields = status.substring(status.lastIndexOf(')') + 2).split(" ", -1);
        return fields[5].equals(fields[2]) || fields[5].startsWith("-");
    }
}
