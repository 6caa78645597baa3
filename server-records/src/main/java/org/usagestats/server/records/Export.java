package org.usagestats.server.records;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Instant;
import org.usagestats.sink.ReportTaker;

/**
 * Writes reports one after the other, in memory that does not grow with their number. What is damaged is told and left out. Not for
 * use by several threads.
 */
public final class Export {

    /** How reports are written. */
    public enum Format {
        /** A canonical JSON object a line, in UTF-8, ended by a line feed. */
        JSONL,
        /** {@link CsvTable}. */
        CSV
    }

    private final Reports reports;
    private final Period period;
    private final PrintStream err;
    private long damaged;

    /**
     * Prepares an export.
     *
     * @param reports the reports of a sink
     * @param period when those were received that are wanted
     * @param err where it is told that damage is left out
     */
    public Export(Reports reports, Period period, PrintStream err) {
        this.reports = reports;
        this.period = period;
        this.err = err;
    }

    /**
     * Writes the reports of the period; for a table, those that are received meanwhile are left out.
     *
     * @param format how
     * @param out where they go; is not closed
     * @throws IOException if they cannot be read, or nobody takes them
     */
    public void write(Format format, OutputStream out) throws IOException {
        switch (format) {
            case JSONL ->
                read(period, json -> {
                    out.write(json);
                    out.write('\n');
                });
            case CSV -> {
                Period untilNow = period.before(Instant.now());
                CsvTable.write(to -> read(untilNow, to), out);
            }
        }
    }

    private void read(Period wanted, Lines.Taker to) throws IOException {
        damaged = 0;
        reports.read(new ReportTaker() {
            @Override
            public void report(Place place, byte[] json) throws IOException {
                if (wanted.holds(json)) {
                    to.take(json);
                }
            }

            @Override
            public void damage(Place place, String reason) {
                damaged++;
            }
        });
        if (damaged > 0) {
            err.println("usagestats-server: left out what is damaged, " + damaged
                    + " in all; usagestats-server verify tells where");
        }
    }

    /**
     * Tells whether nothing had to be left out.
     *
     * @return whether nothing was damaged
     */
    public boolean isComplete() {
        return damaged == 0;
    }
}
