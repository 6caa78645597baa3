package org.usagestats.server.records;

import java.io.IOException;
import java.io.PrintStream;
import org.usagestats.sink.ReceivedReport;
import org.usagestats.sink.ReportTaker.Place;
import org.usagestats.sink.SinkImport;

/** Brings reports into a sink, each source as a whole, and tells what it passed over. Not for use by several threads. */
public final class ImportRun {

    /** Begins to bring the reports of one source in. */
    @FunctionalInterface
    public interface Beginning {

        /**
         * Begins.
         *
         * @return what takes the reports
         * @throws IOException if the sink cannot be had
         */
        SinkImport begin() throws IOException;
    }

    private final Beginning beginning;
    private final PrintStream err;
    private final Progress progress;
    private long read;
    private long added;
    private long damaged;

    /**
     * Prepares an import.
     *
     * @param beginning begins with each source
     * @param err where it is told what is passed over and, on a terminal, how far it has come
     */
    public ImportRun(Beginning beginning, PrintStream err) {
        this.beginning = beginning;
        this.err = err;
        this.progress = Progress.on(err);
    }

    /**
     * Brings in one source; none of it is in if this fails, or all that is can be brought in again.
     *
     * @param source the source
     * @throws IOException if it cannot be read or kept
     */
    public void take(ReportSource source) throws IOException {
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
                    err.println(Escapes.line("usagestats-server: " + place + ": " + reason + ", passed over"));
                }
            });
            added += target.commit();
        } finally {
            progress.clear();
        }
    }

    /**
     * Tells whether nothing was passed over.
     *
     * @return whether all that was read is in the sink
     */
    public boolean isComplete() {
        return damaged == 0;
    }

    /**
     * Says what was done.
     *
     * @return a line
     */
    public String summary() {
        return "imported " + added + " reports; " + (read - added) + " were there already, " + damaged
                + " were damaged and passed over";
    }
}
