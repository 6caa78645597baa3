package org.usagestats.benchmarks.queries;

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
        for (Iterator<String> words = List.of(args).iterator(); words.hasNext(); ) {
            String option = words.next();
            switch (option) {
                case "--java" -> jdks.add(Jdk.at(Path.of(value(option, words))));
                case "--reports" -> reports = number(option, value(option, words));
                case "--rounds" -> rounds = number(option, value(option, words));
                case "--only" -> only.add(value(option, words));
                case "--dir" -> directory = Path.of(value(option, words)).toAbsolutePath();
                case "--csv" -> csv = Path.of(value(option, words));
                default -> throw new IllegalArgumentException("there is no option " + option);
            }
        }
        if (jdks.isEmpty()) {
            jdks.add(Jdk.at(Path.of(System.getProperty("java.home"))));
        }
        return new Options(jdks, reports, rounds, only, directory, csv);
    }

    boolean wants(String name) {
        return only.isEmpty() || only.stream().anyMatch(name::contains);
    }

    private static String value(String option, Iterator<String> words) {
        if (!words.hasNext()) {
            throw new IllegalArgumentException(option + " needs a value");
        }
        return words.next();
    }

    private static int number(String option, String text) {
        if (!text.matches("[1-9][0-9]{0,7}")) {
            throw new IllegalArgumentException(option + " is followed by a number from 1 to 99999999, not " + text);
        }
        return Integer.parseInt(text);
    }
}
