package org.usagestats.server.records;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.usagestats.sink.ReceivedReport;
import org.usagestats.sink.ReportTaker.Place;

/** Where reports are imported from. */
public interface ReportSource {

    /** Takes the reports of a source. */
    interface Target {

        /**
         * Takes one.
         *
         * @param report the report, under the time that it was received first
         * @throws IOException if it cannot be kept; the reading ends with it
         */
        void add(ReceivedReport report) throws IOException;

        /**
         * Takes note of what is passed over.
         *
         * @param place where it stands
         * @param reason why, in a few words
         */
        void damage(Place place, String reason);
    }

    /**
     * Reads all, always in the same order.
     *
     * @param target who takes the reports, and the damage
     * @throws IOException if they cannot be read, or the target fails
     */
    void read(Target target) throws IOException;

    /**
     * Finds a file with a JSON object a line, or a folder in which this project's client keeps reports.
     *
     * @param from its path
     * @return what reads it; empty if there is no such file or directory
     */
    static Optional<ReportSource> at(String from) {
        try {
            Path path = Path.of(from);
            if (Files.isDirectory(path)) {
                return Optional.of(new SpoolFolder(path));
            }
            if (Files.isRegularFile(path)) {
                return Optional.of(new JsonLinesFile(path));
            }
        } catch (InvalidPathException notAPath) {
            // Then nothing is there.
        }
        return Optional.empty();
    }

    /**
     * Takes the reports of another sink.
     *
     * @param reports the reports
     * @return what reads them; one without an id gets the same each time
     */
    static ReportSource of(Reports reports) {
        return to -> reports.read(new StoredLines(to, Place::toString));
    }
}
