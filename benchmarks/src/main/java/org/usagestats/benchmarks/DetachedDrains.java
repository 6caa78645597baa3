package org.usagestats.benchmarks;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The detached processes that drain one spool, found by their command lines. */
final class DetachedDrains {

    private static final Duration LONGEST_LIFE = Duration.ofSeconds(75);
    private static final long PAUSE_MILLIS = 2;

    private final String spool;

    DetachedDrains(Path spool) {
        this.spool = spool.toString();
    }

    /** What follows {@code java} on the command line of the one that runs. */
    List<String> command() {
        return running().stream()
                .map(DetachedDrains::words)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no process drains " + spool));
    }

    /** Waits until none is left. */
    void awaitEnd() throws InterruptedException {
        long deadline = System.nanoTime() + LONGEST_LIFE.toNanos();
        while (!running().isEmpty()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("a process that drains " + spool + " does not end");
            }
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    /** Ends those that wait for an answer which will not come. */
    void end() throws InterruptedException {
        for (ProcessHandle process : running()) {
            process.destroyForcibly();
        }
        awaitEnd();
    }

    private List<ProcessHandle> running() {
        return ProcessHandle.allProcesses()
                .filter(process -> isForSpool(words(process)))
                .toList();
    }

    /** A drain, or the shell that is about to become one. */
    private boolean isForSpool(List<String> words) {
        return !words.isEmpty() && words.get(words.size() - 1).equals(spool);
    }

    private static List<String> words(ProcessHandle process) {
        Optional<String[]> words = process.info().arguments();
        return words.map(List::of).orElse(List.of());
    }
}
