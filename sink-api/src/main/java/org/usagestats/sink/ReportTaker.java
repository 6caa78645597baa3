package org.usagestats.sink;

import java.io.IOException;

/** Takes what a sink keeps, one report after the other. */
public interface ReportTaker {

    /**
     * Where something stands.
     *
     * @param file the file, or what the sink has instead
     * @param line its line, from 1; 0 if it is about the file as a whole
     */
    record Place(String file, long line) {

        /** The place as editors and compilers write it. */
        @Override
        public String toString() {
            return line == 0 ? file : file + ":" + line;
        }
    }

    /**
     * Takes a report.
     *
     * @param place where it stands
     * @param json its canonical JSON object, now the taker's own
     * @throws IOException if it cannot go on; the reading ends with it
     */
    void report(Place place, byte[] json) throws IOException;

    /**
     * Takes note of what cannot be read.
     *
     * @param place where it stands
     * @param reason why, in a few words
     * @throws IOException if it cannot go on; the reading ends with it
     */
    void damage(Place place, String reason) throws IOException;
}
