package org.usagestats.server;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Instant;
import org.usagestats.sink.ReportTaker;

/** Writes reports one after the other, in memory that does not grow with their number. What is damaged is told and left out. */
final class Export {

    /** How reports are written. */
    enum Format {
        /** A canonical JSON object a line, in UTF-8, ended by a line feed. */
        JSONL,
        /** {@link CsvTable}. */
        CSV
    }

    /** All reports of a sink. */
    interface Reports {
        void read(ReportTaker taker) throws IOException;
    }

    /** Takes a report. */
    interface Writer {
        void write(byte[] json) throws IOException;
    }

    private final Reports reports;
    private final Period period;
    private final PrintStream err;
    private long damaged;

    Export(Reports reports, Period period, PrintStream err) {
        this.reports = reports;
        this.period = period;
        this.err = err;
    }

    /** Writes those of the period. */
    void write(Format format, OutputStream out) throws IOException {
        switch (format) {
            case JSONL ->
                read(period, json -> {
                    out.write(json);
                    out.write('\n');
                });
            case CSV -> csv(out);
        }
    }

    /** Reads twice, for the columns and for the rows; what is received meanwhile is left out both times. */
    private void csv(OutputStream out) throws IOException {
        Period untilNow = period.before(Instant.now());
        CsvTable table = new CsvTable(out);
        read(untilNow, table::addColumns);
        table.writeHeader();
        damaged = 0;
        read(untilNow, table::writeRow);
    }

    private void read(Period wanted, Writer to) throws IOException {
        reports.read(new ReportTaker() {
            @Override
            public void report(Place place, byte[] json) throws IOException {
                if (wanted.holds(json)) {
                    to.write(json);
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

    /** Tells whether nothing had to be left out. */
    boolean isComplete() {
        return damaged == 0;
    }
}
