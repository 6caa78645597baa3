package org.usagestats.transport.subprocess;

import java.io.File;
import java.util.ArrayList;
import java.util.List;
import org.usagestats.spi.DrainProcess;

/** The command line of a drain process; made without what is slow the first time a JVM does it. */
final class DrainCommand {

    /**
     * Runs the arguments in the background, deaf to what a terminal sends to everybody in it, and ends. So the process
     * has no parent: a JVM that exits would wait 0.3 s for a child of its own.
     */
    private static final String IN_BACKGROUND = "trap '' INT HUP QUIT TSTP; \"$0\" \"$@\" </dev/null >/dev/null 2>&1 &";

    /** From this version on, the JVM's archived heap can be used with the serial collector. */
    private static final int SERIAL_LOADS_ARCHIVE = 25;

    private DrainCommand() {}

    static List<String> onPosix(DrainProcess process) {
        return inShell(IN_BACKGROUND, process);
    }

    /** The same, but for what it does: nothing. */
    static List<String> ofNothing(DrainProcess process) {
        return inShell(":", process);
    }

    private static List<String> inShell(String script, DrainProcess process) {
        List<String> command = new ArrayList<>();
        command.add("/bin/sh");
        command.add("-c");
        command.add(script);
        command.add(process.java().toString());
        addArguments(command, process);
        return command;
    }

    /** Prefers {@code javaw}, which has no console and so gets no Ctrl-C. */
    static List<String> onWindows(DrainProcess process) {
        List<String> command = new ArrayList<>();
        File javaw = process.java().resolveSibling("javaw.exe").toFile();
        command.add(
                javaw.isFile() && !process.isRelaunch()
                        ? javaw.toString()
                        : process.java().toString());
        addArguments(command, process);
        return command;
    }

    private static void addArguments(List<String> command, DrainProcess process) {
        if (!process.isRelaunch()) {
            addJvmFlags(command);
        }
        addPath(command, "-cp", process.classPath());
        addPath(command, "-p", process.modulePath());
        if (process.mainModule().isPresent()) {
            command.add("-m");
            command.add(process.mainModule().get() + "/" + process.mainClass());
        } else {
            command.add(process.mainClass());
        }
        command.add(process.spool().toString());
    }

    /** A short life in little memory: the first compiler only, no file for monitoring tools, a small heap. */
    private static void addJvmFlags(List<String> command) {
        command.add("-XX:+IgnoreUnrecognizedVMOptions");
        command.add("-XX:TieredStopAtLevel=1");
        command.add("-XX:-UsePerfData");
        command.add("-Xmx64m");
        if (Runtime.version().feature() >= SERIAL_LOADS_ARCHIVE) {
            command.add("-XX:+UseSerialGC");
        }
    }

    /** Adds a path of absolute entries, for the process has another working directory. */
    private static void addPath(List<String> command, String option, List<String> entries) {
        if (entries.isEmpty()) {
            return;
        }
        StringBuilder path = new StringBuilder();
        for (String entry : entries) {
            path.append(path.length() == 0 ? "" : File.pathSeparator);
            path.append(new File(entry).getAbsolutePath());
        }
        command.add(option);
        command.add(path.toString());
    }
}
