package org.usagestats.benchmarks.queries;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.List;

/**
 * A shell command that prints lines {@code COUNT KEY} and is run for each answer.
 *
 * @param command what to run
 */
record Pipeline(String command) implements Respondent {

    @Override
    public Turn ask(Question question, Patience patience) throws IOException, InterruptedException {
        long start = System.nanoTime();
        Process process = new ProcessBuilder("/bin/sh", "-c", command).start();
        List<String> rows;
        try (BufferedReader out = process.inputReader()) {
            rows = out.lines()
                    .map(String::strip)
                    .map(line -> line.substring(line.indexOf(' ') + 1) + "\t" + line.substring(0, line.indexOf(' ')))
                    .toList();
        }
        if (process.waitFor() != 0) {
            throw new IOException("this fails: " + command);
        }
        return new Turn(rows, List.of(System.nanoTime() - start));
    }

    @Override
    public void close() {
        // Nothing goes on between two answers.
    }
}
