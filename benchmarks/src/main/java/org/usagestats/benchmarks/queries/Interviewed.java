package org.usagestats.benchmarks.queries;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A process that answers what it is asked on its standard input, as {@code programs.Interview} says. */
final class Interviewed implements Respondent {

    private static final String ROW = "row ";
    private static final String NANOS = "nanos ";
    private static final long SECONDS_TO_END = 20;

    private final Process process;
    private final Writer in;
    private final BufferedReader out;

    private Interviewed(Process process) {
        this.process = process;
        this.in = process.outputWriter(StandardCharsets.UTF_8);
        this.out = process.inputReader(StandardCharsets.UTF_8);
    }

    static Interviewed start(List<String> command) throws IOException {
        Process process =
                new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy)); // for Ctrl-C
        return new Interviewed(process);
    }

    @Override
    public Turn ask(Question question, Patience patience) throws IOException {
        in.write(question + " " + patience.millis() + " " + patience.times() + "\n");
        in.flush();
        List<String> rows = new ArrayList<>();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith(NANOS)) {
                return new Turn(rows, numbers(line));
            }
            rows.add(line.substring(ROW.length()));
        }
        throw new IOException("it ended without an answer");
    }

    private static List<Long> numbers(String line) {
        return Stream.of(line.substring(NANOS.length()).split(" ", -1))
                .map(Long::valueOf)
                .toList();
    }

    @Override
    public void close() throws IOException {
        try {
            in.close();
            if (!process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException given) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
