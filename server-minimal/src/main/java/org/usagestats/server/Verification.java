package org.usagestats.server;

import java.io.PrintStream;
import org.usagestats.sink.ReportTaker;

/** Looks at all reports of a sink and prints where one is damaged. */
final class Verification implements ReportTaker {

    private final PrintStream out;
    private final Progress progress;
    private long reports;
    private long damaged;

    Verification(PrintStream out, Progress progress) {
        this.out = out;
        this.progress = progress;
    }

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
        out.println(LogLine.escaped(place + ": " + reason));
    }

    boolean isSound() {
        return damaged == 0;
    }

    String summary() {
        return reports + " reports are whole, " + (damaged == 0 ? "nothing is damaged" : damaged + " are damaged");
    }
}
