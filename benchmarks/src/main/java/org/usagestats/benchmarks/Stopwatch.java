package org.usagestats.benchmarks;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs programs, takes their time, and sees to it that they did what they are measured for. */
final class Stopwatch {

    private static final Duration DELIVERY = Duration.ofSeconds(10);

    private static final Duration SETTLING = Duration.ofMillis(100);

    private final LocalServer server;
    private final Path errors;
    private final Map<String, String> environment;

    /**
     * Makes a stopwatch.
     *
     * @param server what the programs send to
     * @param home the home directory of the programs
     */
    Stopwatch(LocalServer server, Path home) {
        this.server = server;
        this.errors = home.resolve("errors");
        this.environment =
                Map.of("PATH", System.getenv().getOrDefault("PATH", "/usr/bin:/bin"), "HOME", home.toString());
    }

    /** Runs a program once. */
    Reading run(Program program) throws IOException, InterruptedException {
        program.spool().restore();
        server.forget();
        int receivedBefore = server.received();
        double cpuBefore = EndedChildren.cpu();
        long start = System.nanoTime();
        Process process = start(program);
        int status = process.waitFor();
        double wall = (System.nanoTime() - start) / 1e6;
        double cpu = EndedChildren.cpu() - cpuBefore;
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (status != 0) {
            throw new IllegalStateException(program.name() + " ended with " + status + ": " + Files.readString(errors));
        }
        settle(program, receivedBefore);
        return new Reading(wall, cpu, inside(out), server.received() - receivedBefore);
    }

    /** Starts a program without measuring it. */
    Process start(Program program) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(program.jdk().java().toString());
        command.addAll(program.arguments());
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(Redirect.from(new File("/dev/null")))
                .redirectError(errors.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder.start();
    }

    /** Waits until what the program left behind is over, and checks what arrived. */
    private void settle(Program program, int receivedBefore) throws InterruptedException {
        DetachedDrains drains = new DetachedDrains(program.spool().directory());
        switch (program.traffic()) {
            case NONE -> check(program, server.received() == receivedBefore);
            case ATTEMPTED -> Thread.sleep(SETTLING.toMillis());
            case UNANSWERED -> {
                drains.end();
                check(program, server.received() == receivedBefore);
            }
            case RECEIVED -> {
                long deadline = System.nanoTime() + DELIVERY.toNanos();
                while (server.received() == receivedBefore && System.nanoTime() < deadline) {
                    Thread.sleep(1);
                }
                drains.awaitEnd();
                check(program, server.received() > receivedBefore);
            }
        }
    }

    private static void check(Program program, boolean expected) {
        if (!expected) {
            throw new IllegalStateException(program.name() + " did not send what it is measured for");
        }
    }

    private static double inside(String out) {
        return out.isBlank() ? Double.NaN : Long.parseLong(out.trim()) / 1e6;
    }
}
