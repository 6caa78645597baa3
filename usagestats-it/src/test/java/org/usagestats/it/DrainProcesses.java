package org.usagestats.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.usagestats.testkit.Await;

/** The detached processes that drain a spool, found by their command lines. */
final class DrainProcesses {

    private static final Duration LONGEST_LIFE = Duration.ofSeconds(75);

    private DrainProcesses() {}

    static List<ProcessHandle> of(Path spool) {
        return ProcessHandle.allProcesses()
                .filter(process -> commandLine(process).contains("DrainMain"))
                .filter(process -> commandLine(process).contains(spool.toString()))
                .toList();
    }

    /** All processes that have the spool on their command lines, whatever they run. */
    static List<ProcessHandle> with(Path spool) {
        return ProcessHandle.allProcesses()
                .filter(process -> commandLine(process).contains(spool.toString()))
                .toList();
    }

    /** Waits until none is left, so that the spool can be deleted. */
    static void awaitEnd(Path spool) throws Exception {
        Await.until(
                "the end of the detached drain", LONGEST_LIFE, () -> of(spool).isEmpty());
    }

    /** The words of a process's command line, as everybody on the machine can read them. */
    static String commandLine(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"))
                    .replace('\0', ' ');
        } catch (IOException ended) {
            return "";
        }
    }
}
