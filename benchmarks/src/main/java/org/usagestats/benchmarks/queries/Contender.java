package org.usagestats.benchmarks.queries;

import java.io.IOException;
import java.util.Set;

/**
 * One who is asked.
 *
 * @param name what it is, without the JDK it runs on
 * @param version the version of the JDK, if that makes a difference
 * @param field whom it is compared with
 * @param questions what it can answer in reasonable time
 * @param start starts it
 */
record Contender(String name, String version, Field field, Set<Question> questions, Start start) {

    /** Those who answer from the same. */
    enum Field {
        /** All reports, made ready for questions. */
        READY,
        /** All reports, in a file. */
        FILE,
        /** A million of them. */
        MILLION
    }

    /** Starts a contender. */
    interface Start {
        Respondent start() throws IOException, InterruptedException;
    }

    /** Whether an answer takes milliseconds, not seconds. */
    boolean isQuick() {
        return field == Field.READY || name.startsWith(Contenders.COLUMNS);
    }

    boolean isOurs() {
        return !version.isEmpty();
    }

    String title() {
        return name + (field == Field.MILLION ? ", a million" : "") + (version.isEmpty() ? "" : ", JDK " + version);
    }
}
