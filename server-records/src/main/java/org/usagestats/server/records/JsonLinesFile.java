package org.usagestats.server.records;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.usagestats.sink.ReportTaker.Place;

/** A file with a JSON object a line, as {@code export} and Python Analytics write it. */
final class JsonLinesFile implements ReportSource {

    private final Path file;

    JsonLinesFile(Path file) {
        this.file = file;
    }

    @Override
    public void read(Target target) throws IOException {
        StoredLines lines = new StoredLines(target, place -> Long.toString(place.line()));
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            long number = 1;
            boolean tooLong = false;
            for (int next = in.read(); next >= 0; next = in.read()) {
                if (next == '\n') {
                    take(new Place(file.toString(), number++), line, lines, tooLong);
                    tooLong = false;
                } else if (line.size() < StoredJson.MAX_BYTES) {
                    line.write(next);
                } else {
                    tooLong = true;
                }
            }
            take(new Place(file.toString(), number), line, lines, tooLong);
        }
    }

    private static void take(Place place, ByteArrayOutputStream line, StoredLines to, boolean tooLong)
            throws IOException {
        if (tooLong) {
            to.damage(place, "longer than " + StoredJson.MAX_BYTES + " bytes");
        } else if (line.size() > 0) {
            to.report(place, line.toByteArray());
        }
        line.reset();
    }
}
