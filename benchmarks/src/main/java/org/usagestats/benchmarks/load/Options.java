package org.usagestats.benchmarks.load;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.usagestats.benchmarks.Jdk;

/**
 * What is asked for on the command line.
 *
 * @param jdks the JDKs to run collectors with
 * @param rounds how often each is loaded, beside once to warm up
 * @param seconds for how long at a time
 * @param only parts of the names of those to load; none for all
 * @param original the original collector's {@code wsgi_server.py}, if it is at hand
 */
record Options(
        List<Jdk> jdks,
        int rounds,
        int seconds,
        List<String> only,
        @Nullable Path original) {

    static final String USAGE = """
            usage: benchmarks/load [--java JDK]... [--rounds N] [--seconds S] [--only TEXT]... [--original FILE]
              --java JDK       a JDK's home or java command; may be repeated; without it, the one that runs this
              --rounds N       how often each server is loaded; 7
              --seconds S      for how long at a time; 2
              --only TEXT      only the servers whose name contains this; may be repeated
              --original FILE  the wsgi_server.py of the original's source archive, to be measured under Werkzeug
                               and under Twisted""";

    static Options parse(String[] args) throws IOException {
        List<Jdk> jdks = new ArrayList<>();
        int rounds = 7;
        int seconds = 2;
        List<String> only = new ArrayList<>();
        Path original = null;
        for (Iterator<String> words = List.of(args).iterator(); words.hasNext(); ) {
            String option = words.next();
            switch (option) {
                case "--java" -> jdks.add(Jdk.at(Path.of(value(option, words))));
                case "--rounds" -> rounds = number(option, value(option, words));
                case "--seconds" -> seconds = number(option, value(option, words));
                case "--only" -> only.add(value(option, words));
                case "--original" -> original = Path.of(value(option, words)).toRealPath();
                default -> throw new IllegalArgumentException("there is no option " + option);
            }
        }
        if (jdks.isEmpty()) {
            jdks.add(Jdk.at(Path.of(System.getProperty("java.home"))));
        }
        return new Options(jdks, rounds, seconds, only, original);
    }

    boolean wants(Contender contender) {
        return only.isEmpty() || only.stream().anyMatch(contender.name()::contains);
    }

    private static String value(String option, Iterator<String> words) {
        if (!words.hasNext()) {
            throw new IllegalArgumentException(option + " needs a value");
        }
        return words.next();
    }

    private static int number(String option, String text) {
        if (!text.matches("[1-9][0-9]{0,3}")) {
            throw new IllegalArgumentException(option + " is followed by a number from 1 to 9999, not " + text);
        }
        return Integer.parseInt(text);
    }
}
