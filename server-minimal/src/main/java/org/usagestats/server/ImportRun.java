package org.usagestats.server;

import java.io.IOException;
import java.io.PrintStream;
import org.usagestats.sink.ReceivedReport;
import org.usagestats.sink.ReportTaker.Place;
import org.usagestats.sink.SinkImport;

/** Brings reports into a sink, each source as a whole, and tells what it passed over. */
final class ImportRun {

    /** Begins to bring the reports of one source in. */
    interface Beginning {
        SinkImport begin() throws IOException;
    }

    private final Beginning beginning;
    private final PrintStream err;
    private final Progress progress;
    private long read;
    private long added;
    private long damaged;

    ImportRun(Beginning beginning, PrintStream err) {
        this.beginning = beginning;
        this.err = err;
        this.progress = Progress.on(err);
    }

    /** Brings in one source; none of it is in if this fails, or all that is can be brought in again. */
    void take(ReportSource source) throws IOException {
        try (SinkImport target = beginning.begin()) {
            source.read(new ReportSource.Target() {
                @Override
                public void add(ReceivedReport report) throws IOException {
                    target.add(report);
                    read++;
                    progress.show(read);
                }

                @Override
                public void damage(Place place, String reason) {
                    damaged++;
                    progress.clear();
                    err.println(LogLine.escaped("usagestats-server: " + place + ": " + reason + ", passed over"));
                }
            });
            added += target.commit();
        } finally {
            progress.clear();
        }
    }

    /** Tells whether nothing was passed over. */
    boolean isComplete() {
        return damaged == 0;
    }

    String summary() {
        return "imported " + added + " reports; " + (read - added) + " were there already, " + damaged
                + " were damaged and passed over";
    }
}
