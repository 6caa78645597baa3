package org.usagestats.sink.jsonl;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import org.usagestats.sink.ReportTaker;

/** Keeps the newest of the reports that it takes. */
final class NewestLines implements ReportTaker {

    private record Report(Place place, byte[] json) {

        private String received() {
            return StoredHead.of(json, 0, json.length).received();
        }
    }

    private final int most;
    private final Deque<Report> reports = new ArrayDeque<>();

    /** Keeps at most so many. */
    NewestLines(int most) {
        this.most = most;
    }

    @Override
    public void report(Place place, byte[] json) {
        reports.add(new Report(place, json));
        if (reports.size() > most) {
            reports.remove();
        }
    }

    /** Passes over it: among those that are stored, it is for the operator to look for damage. */
    @Override
    public void damage(Place place, String reason) {}

    /** How many more it would keep. */
    int room() {
        return most - reports.size();
    }

    void clear() {
        reports.clear();
    }

    /** Hands them over in the order in which it took them. */
    void handTo(ReportTaker taker) throws IOException {
        for (Report report : reports) {
            taker.report(report.place, report.json);
        }
    }

    /** Merges what several have, by the time of receipt as it stands there. */
    static NewestLines merged(List<NewestLines> several, int most) {
        NewestLines merged = new NewestLines(most);
        several.stream()
                .flatMap(lines -> lines.reports.stream())
                .sorted(Comparator.comparing(Report::received))
                .forEach(report -> merged.report(report.place, report.json));
        return merged;
    }
}
