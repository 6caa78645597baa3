package org.usagestats.benchmarks.queries;

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
 * @param jdks the JDKs to run our own with
 * @param reports how many reports to ask about
 * @param rounds how often each is asked, beside once to warm up
 * @param only parts of the names of those to ask; none for all
 * @param directory where the reports are or shall be, to be used again; null for one that is deleted at the end
 * @param csv a file for every single time, if one is wanted
 */
record Options(
        List<Jdk> jdks,
        int reports,
        int rounds,
        List<String> only,
        @Nullable Path directory,
        @Nullable Path csv) {

    private static final int MOST = 99_999_999;

    static final String USAGE = """
            usage: benchmarks/queries [--java JDK]... [--reports N] [--rounds N] [--only TEXT]... [--dir DIR] [--csv FILE]
              --java JDK   a JDK's home or java command; may be repeated; without it, the one that runs this
              --reports N  how many reports to ask about; 5000000, which take 6 GB
              --rounds N   how often each is asked; 15
              --only TEXT  only those whose name contains this; may be repeated. The names are those in the tables;
                           "making columns" and "taking in" are the parts of the benchmark that ask nobody else
              --dir DIR    keeps the reports there, and uses those that are there
              --csv FILE   writes every single time there""";

    static Options parse(String[] args) throws IOException {
        List<Jdk> jdks = new ArrayList<>();
        int reports = 5_000_000;
        int rounds = 15;
        List<String> only = new ArrayList<>();
        Path directory = null;
        Path csv = null;
        Arguments words = new Arguments(args);
        while (words.next()) {
            switch (words.option()) {
                case "--java" -> jdks.add(words.jdk());
                case "--reports" -> reports = words.number(MOST);
                case "--rounds" -> rounds = words.number(MOST);
                case "--only" -> only.add(words.value());
                case "--dir" -> directory = Path.of(words.value()).toAbsolutePath();
                case "--csv" -> csv = Path.of(words.value());
                default -> throw words.unknown();
            }
        }
        return new Options(Arguments.orThisOne(jdks), reports, rounds, only, directory, csv);
    }

    boolean wants(String name) {
        return only.isEmpty() || only.stream().anyMatch(name::contains);
    }
}
