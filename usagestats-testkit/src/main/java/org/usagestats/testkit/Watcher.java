package org.usagestats.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.usagestats.testkit.Leak.Respect;

/** Runs a program on a stage and sees from outside what it does. */
enum Watcher {

    /** Sees every call of the operating system. */
    STRACE {
        @Override
        Observation watch(Stage stage, CheckedProgram program, CheckedState state)
                throws IOException, InterruptedException {
            Path file = stage.directory.resolve("trace");
            Process strace = stage.start(Trace.watcher(file), program.arguments).start();
            boolean allEnded = strace.waitFor(program.limit.toMillis(), TimeUnit.MILLISECONDS);
            Trace trace = Trace.read(file);
            if (!allEnded) {
                end(trace, strace);
            }
            TracedLeaks traced = TracedLeaks.of(trace, stage.work);
            Set<Leak> leaks = new LinkedHashSet<>(traced.leaks());
            for (Map.Entry<Path, String> written : traced.written().entrySet()) {
                addFile(leaks, written.getKey(), written.getValue(), stage, state);
            }
            List<String> notChecked =
                    traced.sawJava() ? List.of() : List.of("child processes: no Java was seen that could start one");
            int status = allEnded ? strace.exitValue() : 0;
            return new Observation(
                    new Observation.End(trace.isProgramEnded(), status, stage.printed("out"), stage.printed("err")),
                    List.copyOf(leaks),
                    notChecked);
        }
    },

    /** Looks again and again at the processes, and at the files before and after: all that can be done without strace. */
    POLLING {
        @Override
        Observation watch(Stage stage, CheckedProgram program, CheckedState state)
                throws IOException, InterruptedException {
            Map<Path, String> before = files(stage);
            Process process = stage.start(List.of(), program.arguments).start();
            long deadline = System.nanoTime() + program.limit.toNanos();
            Set<ProcessHandle> children = new LinkedHashSet<>();
            Set<Leak> leaks = new LinkedHashSet<>();
            while (process.isAlive() && deadline - System.nanoTime() > 0) {
                addChildren(process, children, leaks);
                LockSupport.parkNanos(PAUSE_NANOS);
            }
            boolean inTime = !process.isAlive();
            children.forEach(ProcessHandle::destroyForcibly);
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            int status = process.destroyForcibly().waitFor();
            addChanges(before, leaks, stage, state);
            return new Observation(
                    new Observation.End(inTime, status, stage.printed("out"), stage.printed("err")),
                    List.copyOf(leaks),
                    WITHOUT_STRACE);
        }
    };

    private static final long PAUSE_NANOS = 2_000_000;

    private static final List<String> WITHOUT_STRACE = List.of(
            "connections and look-ups of names: strace is not installed or may not be used",
            "processes that live for a moment only, without strace",
            "files elsewhere than in the home, the working directory and the location, without strace");

    /** Runs the program to its end, or to the end of its time. */
    abstract Observation watch(Stage stage, CheckedProgram program, CheckedState state)
            throws IOException, InterruptedException;

    /** The one that sees the most on this machine; a container may have strace and forbid its use. */
    static Watcher best() throws IOException, InterruptedException {
        if (!Stage.isInstalled("strace")) {
            return POLLING;
        }
        Path file = Files.createTempFile("usagestats-leak", ".trace");
        try {
            List<String> words = new ArrayList<>(Trace.watcher(file));
            words.add("true");
            Process process = new ProcessBuilder(words)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            boolean usable = process.waitFor() == 0 && Trace.read(file).isProgramEnded();
            return usable ? STRACE : POLLING;
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /** Ends what the program left running; strace itself ends with the last of them. */
    private static void end(Trace trace, Process strace) throws InterruptedException {
        for (long process : trace.running()) {
            ProcessHandle.of(process).ifPresent(ProcessHandle::destroyForcibly);
        }
        strace.descendants().forEach(ProcessHandle::destroyForcibly);
        strace.waitFor();
    }

    private static void addFile(Set<Leak> leaks, Path path, String what, Stage stage, CheckedState state)
            throws IOException {
        if (!stage.mayWrite(path, state)) {
            leaks.add(new Leak(Respect.FILE, what + " " + stage.shown(path)));
        }
    }

    private static void addChildren(Process process, Set<ProcessHandle> children, Set<Leak> leaks) {
        Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .filter(handle -> handle.info().command().orElse("").matches(".*[/\\\\]javaw?(\\.exe)?"))
                .flatMap(ProcessHandle::children)
                .filter(children::add)
                .forEach(child -> leaks.add(new Leak(
                        Respect.CHILD_PROCESS,
                        "started " + child.info().command().orElse("a process"))));
    }

    private static void addChanges(Map<Path, String> before, Set<Leak> leaks, Stage stage, CheckedState state)
            throws IOException {
        Map<Path, String> after = files(stage);
        for (Map.Entry<Path, String> file : after.entrySet()) {
            String earlier = before.remove(file.getKey());
            if (!file.getValue().equals(earlier)) {
                addFile(leaks, file.getKey(), earlier == null ? "created" : "changed", stage, state);
            }
        }
        for (Path gone : before.keySet()) {
            addFile(leaks, gone, "removed", stage, state);
        }
    }

    /** The program's part of the stage: each path with what changes when the file does. */
    private static Map<Path, String> files(Stage stage) throws IOException {
        Map<Path, String> files = new TreeMap<>();
        for (Path path : stage.files()) {
            files.put(
                    path,
                    Files.isRegularFile(path) ? Files.size(path) + " " + Files.getLastModifiedTime(path) : "no file");
        }
        return files;
    }
}
