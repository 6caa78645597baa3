package org.usagestats.server.records;

import java.io.IOException;
import java.io.PrintStream;
import org.usagestats.sink.ReportTaker;

/** Looks at all reports of a sink and prints where one is damaged. Not for use by several threads. */
public final class Verification {

    private final PrintStream out;
    private final Progress progress;
    private long reports;
    private long damaged;

    /**
     * Prepares it.
     *
     * @param out where damage is told, a line each
     * @param err where it is shown, on a terminal, how far it has come
     */
    public Verification(PrintStream out, PrintStream err) {
        this.out = out;
        this.progress = Progress.on(err);
    }

    /**
     * Looks at the reports of a sink.
     *
     * @param all the reports
     * @throws IOException if they cannot be read
     */
    public void read(Reports all) throws IOException {
        try {
            all.read(new ReportTaker() {
                @Override
                public void report(Place place, byte[] json) {
                    if (StoredJson.isObject(json)) {
                        progress.show(++reports);
                    } else {
                        damage(place, "not a JSON object");
                    }
                }

                @Override
                public void damage(Place place, String reason) {
                    damaged++;
                    progress.clear();
                    out.println(Escapes.line(place + ": " + reason));
                }
            });
        } finally {
            progress.clear();
        }
    }

    /**
     * Tells what it came to.
     *
     * @return whether nothing is damaged
     */
    public boolean isSound() {
        return damaged == 0;
    }

    /**
     * Says what was found.
     *
     * @return a line
     */
    public String summary() {
        return reports + " reports are whole, " + (damaged == 0 ? "nothing is damaged" : damaged + " are damaged");
    }
}
