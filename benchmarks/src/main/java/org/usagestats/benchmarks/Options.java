package org.usagestats.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is asked for on the command line.
 *
 * @param jdks the JDKs to run programs with
 * @param runs how often each program is run, beside once to warm up
 * @param only a part of the names of the programs to run; empty for all
 * @param csv a file for every single reading, if one is wanted
 */
record Options(
        List<Jdk> jdks, int runs, String only, @Nullable Path csv) {

    static final String USAGE = """
            usage: benchmarks/run [--java JDK]... [--runs N] [--only TEXT] [--csv FILE]
              --java JDK   a JDK's home or java command; may be repeated; without it, the one that runs this
              --runs N     how often each program is run; 15
              --only TEXT  only the programs whose name contains this
              --csv FILE   writes every single reading there""";

    static Options parse(String[] args) throws IOException {
        List<Jdk> jdks = new ArrayList<>();
        int runs = 15;
        String only = "";
        Path csv = null;
        for (Iterator<String> words = List.of(args).iterator(); words.hasNext(); ) {
            String option = words.next();
            switch (option) {
                case "--java" -> jdks.add(Jdk.at(Path.of(value(option, words))));
                case "--runs" -> runs = number(value(option, words));
                case "--only" -> only = value(option, words);
                case "--csv" -> csv = Path.of(value(option, words));
                default -> throw new IllegalArgumentException("there is no option " + option);
            }
        }
        if (jdks.isEmpty()) {
            jdks.add(Jdk.at(Path.of(System.getProperty("java.home"))));
        }
        return new Options(jdks, runs, only, csv);
    }

    /** Whether to run a program; what others are compared with is always run. */
    boolean wants(Program program) {
        return program.name().contains(only) || program.name().startsWith(Programs.HELLO);
    }

    private static String value(String option, Iterator<String> words) {
        if (!words.hasNext()) {
            throw new IllegalArgumentException(option + " needs a value");
        }
        return words.next();
    }

    private static int number(String text) {
        try {
            int number = Integer.parseInt(text);
            if (number > 0) {
                return number;
            }
        } catch (NumberFormatException none) {
            throw new IllegalArgumentException("a number of runs is 1 or more, not " + text, none);
        }
        throw new IllegalArgumentException("a number of runs is 1 or more, not " + text);
    }
}
