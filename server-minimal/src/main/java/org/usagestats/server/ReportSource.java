package org.usagestats.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.usagestats.sink.ReceivedReport;
import org.usagestats.sink.ReportTaker.Place;

/** Where reports are imported from. */
interface ReportSource {

    /** Takes the reports of a source. */
    interface Target {

        void add(ReceivedReport report) throws IOException;

        /** Takes note of what is passed over. */
        void damage(Place place, String reason);
    }

    /** Reads all, always in the same order. */
    void read(Target target) throws IOException;

    /**
     * Finds a file or directory.
     *
     * @return what reads it; empty if it is not there, but could be a sink
     * @throws IOException if it is neither
     */
    static Optional<ReportSource> at(String from) throws IOException {
        try {
            Path path = Path.of(from);
            if (Files.isDirectory(path)) {
                return Optional.of(new SpoolFolder(path));
            }
            if (Files.isRegularFile(path)) {
                return Optional.of(new JsonLinesFile(path));
            }
        } catch (InvalidPathException notAPath) {
            // Then it may be a sink, whose name is followed by a colon.
        }
        if (SinkAddress.isLike(from)) {
            return Optional.empty();
        }
        throw new IOException("there is no file, directory or sink " + from);
    }
}
