package org.usagestats.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
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
        Arguments words = new Arguments(args);
        while (words.next()) {
            switch (words.option()) {
                case "--java" -> jdks.add(words.jdk());
                case "--runs" -> runs = number(words.value());
                case "--only" -> only = words.value();
                case "--csv" -> csv = Path.of(words.value());
                default -> throw words.unknown();
            }
        }
        return new Options(Arguments.orThisOne(jdks), runs, only, csv);
    }

    /** Whether to run a program; what others are compared with is always run. */
    boolean wants(Program program) {
        return program.name().contains(only) || program.name().startsWith(Programs.HELLO);
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
