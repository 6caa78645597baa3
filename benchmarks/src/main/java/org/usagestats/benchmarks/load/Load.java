package org.usagestats.benchmarks.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.usagestats.benchmarks.Built;

/**
 * Loads servers by wrk, in which a script makes the reports.
 *
 * @param script makes them
 * @param seconds for how long at a time
 */
public record Load(Path script, int seconds) {

    private static final int WARM_UP = 5;

    /**
     * Prepares reports of 600 bytes.
     *
     * @param built where the script is
     * @param seconds for how long at a time
     * @return the load
     */
    public static Load of(Built built, int seconds) {
        return new Load(Contenders.report(built), seconds);
    }

    /** Loads a server for longer, until its code is compiled. */
    void warmUp(Contender contender, RunningServer server) throws IOException, InterruptedException {
        new Load(script, WARM_UP * seconds).slice(contender, server, Contenders.MANY);
    }

    /** Loads a server once. */
    Slice slice(Contender contender, RunningServer server, int connections) throws IOException, InterruptedException {
        List<String> wrk = wrk(contender.port(), connections);
        if (!contender.name().equals(Contenders.CROWDED)) {
            return run(wrk, server::cpu);
        }
        Crowd crowd = Crowd.at(contender.port());
        try {
            return run(wrk, server::cpu);
        } finally {
            crowd.leave();
        }
    }

    /**
     * Loads a server of this machine once, whatever it takes of the processors.
     *
     * @param port where it listens
     * @param connections how many
     * @return what was seen
     * @throws IOException if the load cannot be run
     * @throws InterruptedException if this thread is interrupted
     */
    public Slice slice(int port, int connections) throws IOException, InterruptedException {
        return run(wrk(port, connections), () -> Duration.ZERO);
    }

    private List<String> wrk(int port, int connections) {
        return List.of(
                "wrk",
                "--threads=1",
                "--connections=" + connections,
                "--duration=" + seconds,
                "--timeout=10",
                "--script=" + script,
                "http://127.0.0.1:" + port + "/");
    }

    /** Runs a program that brings its own load. */
    Slice slice(Contender contender) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(contender.command());
        command.add(Integer.toString(seconds));
        return run(command, () -> Duration.ZERO);
    }

    private static Slice run(List<String> command, Supplier<Duration> cpu) throws IOException, InterruptedException {
        Duration before = cpu.get();
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (BufferedReader out = process.inputReader()) {
            List<String> lines = out.lines().toList();
            process.waitFor();
            return Slice.read(lines, cpu.get().minus(before));
        }
    }
}
