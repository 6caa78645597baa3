package org.usagestats.sink.jsonl;

import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.usagestats.sink.Outcome;
import org.usagestats.sink.ReceivedReport;
import org.usagestats.sink.kit.Fingerprint;
import org.usagestats.sink.kit.IdWindow;

/** Reports that were handed over together, and whose sender waits for the answer. */
final class PendingAppend {

    /** A report as the writer takes it. */
    static final class Entry {

        private final Fingerprint fingerprint;
        private final ReceivedReport report;
        private final byte[] line;

        private Entry(ReceivedReport report, IdWindow window) {
            this.fingerprint = window.fingerprint(report);
            this.report = report;
            this.line = Line.of(report.json());
        }

        /** What the report is recognised by. */
        Fingerprint fingerprint() {
            return fingerprint;
        }

        ReceivedReport report() {
            return report;
        }

        /** When it was received. */
        Instant received() {
            return report.received();
        }

        /** Its line of the log. */
        byte[] line() {
            return line;
        }
    }

    private record Answer(List<Outcome> outcomes, @Nullable IOException failure) {}

    private final List<Entry> entries;
    private final long bytes;
    private final CompletableFuture<Answer> answer = new CompletableFuture<>();

    private PendingAppend(List<Entry> entries) {
        this.entries = entries;
        this.bytes = entries.stream().mapToLong(entry -> entry.line().length).sum();
    }

    /**
     * Prepares reports, so that the writer has little to do.
     *
     * @param reports at least one
     */
    static PendingAppend of(List<ReceivedReport> reports, IdWindow window) throws IOException {
        List<Entry> entries = new ArrayList<>(reports.size());
        for (ReceivedReport report : reports) {
            Entry entry = new Entry(report, window);
            int length = entry.line().length;
            if (length > Line.MAX_BYTES) {
                throw new IOException("a report takes " + length + " bytes; a line has room for " + Line.MAX_BYTES);
            }
            entries.add(entry);
        }
        return new PendingAppend(entries);
    }

    List<Entry> entries() {
        return entries;
    }

    /** How many bytes its lines have. */
    long bytes() {
        return bytes;
    }

    /** The UTC day on which the first of its reports was received. */
    LocalDate day() {
        return LocalDate.ofInstant(entries.get(0).received(), ZoneOffset.UTC);
    }

    /** Gives the answer, if none was given before. */
    void answer(List<Outcome> outcomes) {
        answer.complete(new Answer(outcomes, null));
    }

    /** Gives a failure for an answer, if none was given before. */
    void fail(IOException failure) {
        answer.complete(new Answer(List.of(), failure));
    }

    /** Says that there will be no answer, if none was given before. */
    void abandon() {
        if (!answer.isDone()) {
            fail(new IOException("the sink has stopped"));
        }
    }

    /** Waits for the answer. An interrupt does not end the waiting, which is for the disk alone. */
    List<Outcome> await() throws IOException {
        Answer given = answer.join();
        if (given.failure() != null) {
            throw Failure.of(given.failure());
        }
        return given.outcomes();
    }
}
