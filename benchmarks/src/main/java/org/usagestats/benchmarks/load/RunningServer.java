package org.usagestats.benchmarks.load;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A server's process, to be stopped by whoever started it. */
final class RunningServer {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Process process;

    private RunningServer(Process process) {
        this.process = process;
    }

    /** Starts a server and waits until it listens. */
    static RunningServer start(Contender contender) throws IOException, InterruptedException {
        Files.createDirectories(contender.directory());
        Path output = contender.directory().resolve("output");
        RunningServer server = new RunningServer(new ProcessBuilder(contender.command())
                .directory(contender.directory().toFile())
                .redirectInput(Redirect.from(new File("/dev/null")))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start());
        Runtime.getRuntime().addShutdownHook(new Thread(server.process::destroy)); // for Ctrl-C
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!isListening(contender.port())) {
            if (!server.process.isAlive() || System.nanoTime() > end) {
                server.stop();
                throw new IOException(contender.title() + " does not listen: " + Files.readString(output));
            }
            Thread.sleep(20);
        }
        return server;
    }

    private static boolean isListening(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    /** The processor time that it and its children have taken. */
    Duration cpu() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .flatMap(handle -> handle.info().totalCpuDuration().stream())
                .reduce(Duration.ZERO, Duration::plus);
    }

    /** Ends it. */
    void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }
}
