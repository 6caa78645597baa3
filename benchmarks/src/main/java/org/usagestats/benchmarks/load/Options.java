package org.usagestats.benchmarks.load;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.usagestats.benchmarks.Arguments;
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

    private static final int MOST = 9999;

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
        Arguments words = new Arguments(args);
        while (words.next()) {
            switch (words.option()) {
                case "--java" -> jdks.add(words.jdk());
                case "--rounds" -> rounds = words.number(MOST);
                case "--seconds" -> seconds = words.number(MOST);
                case "--only" -> only.add(words.value());
                case "--original" -> original = Path.of(words.value()).toRealPath();
                default -> throw words.unknown();
            }
        }
        return new Options(Arguments.orThisOne(jdks), rounds, seconds, only, original);
    }

    boolean wants(Contender contender) {
        return only.isEmpty() || only.stream().anyMatch(contender.name()::contains);
    }
}
