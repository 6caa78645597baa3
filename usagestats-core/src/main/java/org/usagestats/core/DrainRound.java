package org.usagestats.core;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.usagestats.api.Report;
import org.usagestats.spi.Delivery;

/**
 * One drain's way through the reports, and what it came to.
 *
 * <p>A report that the collector refuses without saying whose fault it is does not stop the others: the next one is tried,
 * and only if that is refused too the round ends. What was refused is tried last, in this round's successors too.
 */
final class DrainRound {

    private final Drain drain;
    private final Spool spool;
    private final Set<String> behind = new LinkedHashSet<>();
    private final Set<String> tried = new HashSet<>();

    private int delivered;
    private int rejected;
    private @Nullable Delivery refusal;
    private boolean refusedJustNow;
    private @Nullable Delivery failure;
    private boolean complete;
    private String detail = "";

    DrainRound(Drain drain, Spool spool) {
        this.drain = drain;
        this.spool = spool;
    }

    /** Delivers all that waits and was not tried in this round, and what comes to wait meanwhile. */
    void run(long deadline, List<String> refusedBefore) {
        behind.addAll(refusedBefore);
        complete = false;
        Deque<SpoolName> queue = queue();
        while (!queue.isEmpty()) {
            if (drain.isStopped() || deadline - System.nanoTime() <= 0) {
                detail = "The time for it was up.";
                return;
            }
            if (!drain.hasConsent()) {
                detail = "The consent was withdrawn.";
                return;
            }
            if (drain.isWished()) {
                detail = "The user wants to be forgotten.";
                return;
            }
            attempt(queue.removeFirst(), Duration.ofNanos(deadline - System.nanoTime()));
            if (failure != null) {
                detail = "Stopped: " + failure.detail() + ".";
                return;
            }
            queue = queue.isEmpty() ? queue() : queue;
        }
        end();
    }

    /** Ends the round before it began, by an answer that is no hope for reports either. */
    void fail(Delivery answer) {
        failure = answer;
        complete = false;
        detail = "Stopped: " + answer.detail() + ".";
    }

    /** Ends the round before it began, since an answer of before still holds. */
    void putOff(String answer) {
        complete = false;
        detail = answer;
    }

    /** Ends a round that had only erasures to ask for, and an answer that was no promise, if there was one. */
    void end(@Nullable Delivery answer) {
        failure = answer;
        complete = failure == null;
        detail =
                answer == null ? "The collector promised to erase what was sent." : "Refused: " + answer.detail() + ".";
    }

    int delivered() {
        return delivered;
    }

    int rejected() {
        return rejected;
    }

    /** The answer that stopped the round, or null if none did. */
    @Nullable
    Delivery failure() {
        return failure;
    }

    /** Whether every report was tried, and no answer stopped the round. */
    boolean isComplete() {
        return complete;
    }

    /** Whether a report waits that was not tried. */
    boolean hasMore() {
        return !queue().isEmpty();
    }

    String detail() {
        return detail;
    }

    /** The names of the refused reports that still wait. */
    List<String> behind() {
        List<String> waiting = new ArrayList<>();
        for (SpoolName name : spool.names()) {
            if (behind.contains(name.toString())) {
                waiting.add(name.toString());
            }
        }
        return waiting;
    }

    private void end() {
        detail = "All that waited was delivered.";
        if (refusal != null) {
            detail = "The collector refused a report: " + refusal.detail() + ".";
            failure = delivered == 0 ? refusal : null;
        }
        complete = failure == null;
    }

    /** What waits and was not tried yet, the oldest first and what was refused before at the end. */
    private Deque<SpoolName> queue() {
        Deque<SpoolName> queue = new ArrayDeque<>();
        List<SpoolName> last = new ArrayList<>();
        for (SpoolName name : spool.names()) {
            if (!tried.contains(name.toString())) {
                (behind.contains(name.toString()) ? last : queue).add(name);
            }
        }
        queue.addAll(last);
        return queue;
    }

    private void attempt(SpoolName name, Duration left) {
        tried.add(name.toString());
        Report report = spool.take(name);
        if (report == null) {
            return;
        }
        Delivery delivery = drain.deliver(report, left);
        switch (delivery.answer()) {
            case DELIVERED -> {
                spool.moveToJournal(name);
                delivered++;
                refusedJustNow = false;
            }
            case REJECTED -> {
                spool.setAside(name);
                rejected++;
                refusedJustNow = false;
            }
            case REFUSED -> {
                behind.add(name.toString());
                failure = refusedJustNow ? delivery : null;
                refusal = delivery;
                refusedJustNow = true;
            }
            case RETRY_LATER, UNANSWERED -> failure = delivery;
        }
    }
}
