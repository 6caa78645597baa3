package org.usagestats.query;

import java.util.ArrayList;
import java.util.List;

/** Gathers what is wrong with a question, so that all of it is told at once. */
final class Faults {

    private static final int MOST = 50;

    private final List<Fault> faults = new ArrayList<>();

    /** Adds one; beyond some number nobody reads them. */
    void add(String parameter, Mistake mistake) {
        if (faults.size() < MOST) {
            faults.add(mistake.of(parameter));
        }
    }

    void throwIfAny() throws QuestionException {
        if (!faults.isEmpty()) {
            throw new QuestionException(faults);
        }
    }

    boolean isEmpty() {
        return faults.isEmpty();
    }
}
