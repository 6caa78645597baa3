package org.usagestats.benchmarks.queries.programs;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.usagestats.benchmarks.queries.Question;

/**
 * Answers what is asked on standard input. A line there is a question, for how many milliseconds and how many times at most
 * to answer it. Then lines {@code row} with the cells of the last answer, separated by tabs, and a line {@code nanos} with the
 * times that all of them took.
 */
final class Interview {

    private static final long NANOS_PER_MILLI = 1_000_000;

    private Interview() {}

    /** Whoever is asked. */
    interface Respondent {

        /** The rows in any order, their cells separated by tabs. */
        List<String> answer(Question question) throws Exception;
    }

    /** Answers until there is no further question. */
    static void hold(Respondent respondent) throws Exception {
        PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split(" ", -1);
            Question question = Question.valueOf(words[0]);
            answer(respondent, question, Long.parseLong(words[1]) * NANOS_PER_MILLI, Integer.parseInt(words[2]), out);
        }
    }

    private static void answer(Respondent respondent, Question question, long patience, int times, PrintStream out)
            throws Exception {
        List<String> rows = List.of();
        List<String> nanos = new ArrayList<>();
        long begin = System.nanoTime();
        while (nanos.size() < times && (nanos.isEmpty() || System.nanoTime() - begin < patience)) {
            long start = System.nanoTime();
            rows = respondent.answer(question);
            nanos.add(Long.toString(System.nanoTime() - start));
        }
        rows.forEach(row -> out.println("row " + row));
        out.println("nanos " + String.join(" ", nanos));
        out.flush();
    }
}
