package org.usagestats.core;

import java.io.IOException;
import java.time.Duration;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.usagestats.api.Drained;
import org.usagestats.api.Report;
import org.usagestats.spi.Delivery;
import org.usagestats.spi.Transport;

/**
 * Takes reports out of the spool through a transport, the oldest first, while there is consent; before that it has the
 * collector asked to erase what the user wants forgotten.
 *
 * <p>One drain at a time works on a spool: whoever holds its lock. A drain ends when the spool is empty, on an answer that
 * stops it, or at its deadline. It is for one thread and one use; {@link #stop} may come from another thread.
 */
final class Drain {

    /** How long one exchange with the collector may take. */
    private static final Duration EXCHANGE = Duration.ofSeconds(5);

    private static final long PLAUSIBLE_STEP = Duration.ofDays(400).toMillis();

    private final Spool spool;
    private final ConsentBook consents;
    private final TransportSource source;
    private final Erasures erasures;
    private final Backoff backoff = new Backoff(new Random());

    private volatile @Nullable Transport transport;
    private volatile boolean stopped;
    private boolean heedsAnswer;

    Drain(Spool spool, ConsentBook consents, TransportSource source) {
        this.spool = spool;
        this.consents = consents;
        this.source = source;
        this.erasures = new Erasures(spool, source.dropPoint());
    }

    /**
     * Drains as {@link #run} does, but keeps the reports back while the collector wants to be left alone: another drain may
     * have been told so since this one was found due.
     */
    @Nullable
    Drained runUnlessKeptOff(Duration limit) {
        heedsAnswer = true;
        return run(limit);
    }

    /** Drains until there is no more to do or the limit is reached. Returns null at once if another drain is at it. */
    @Nullable
    Drained run(Duration limit) {
        boolean erases = consents.mayErase() && spool.isForgetting();
        if (!hasConsent() && !erases) {
            return drained(0, 0, consents.consent().reason());
        }
        if (spool.names().isEmpty() && !erases) {
            return drained(0, 0, "Nothing waits.");
        }
        DrainRound round = new DrainRound(this, spool);
        try {
            if (!underLock(round, System.nanoTime() + limit.toNanos())) {
                return null;
            }
            DebugLog.say("the drain ended: " + round.detail());
            return drained(round.delivered(), round.rejected(), round.detail());
        } catch (IOException unlockable) {
            DebugLog.say("the spool cannot be locked: " + unlockable);
            return drained(round.delivered(), round.rejected(), "The spool cannot be locked: " + unlockable);
        } finally {
            stop();
        }
    }

    /**
     * Runs the round while this drain has the lock, and looks once more when it has given it back: whoever submitted
     * meanwhile found the lock taken, and relies on this drain. Returns false if another drain has the lock.
     */
    private boolean underLock(DrainRound round, long deadline) throws IOException {
        boolean ran = false;
        do {
            DrainLock lock = spool.directory().tryLock();
            if (lock == null) {
                return ran;
            }
            try (lock) {
                pass(round, deadline);
                ran = true;
            }
        } while (isWished(deadline) || (round.isComplete() && round.hasMore()));
        return true;
    }

    /** Whether the user wanted to be forgotten while this drain was at it. */
    private boolean isWished(long deadline) {
        return !stopped && deadline - System.nanoTime() > 0 && isWished();
    }

    boolean isWished() {
        return erasures.isWished();
    }

    /** Ends the drain, from any thread; the report under way stays in the spool unless it was acknowledged. */
    void stop() {
        stopped = true;
        Transport open = transport;
        if (open != null) {
            open.close();
        }
    }

    boolean isStopped() {
        return stopped;
    }

    boolean hasConsent() {
        return consents.reread().sending();
    }

    /** Delivers one report; whatever goes wrong in the transport, or in loading it, is no answer. */
    Delivery deliver(Report report, Duration left) {
        try {
            return open().deliver(erasures.departing(report), shorter(left, EXCHANGE));
        } catch (Throwable failed) {
            return Delivery.of(Delivery.Answer.UNANSWERED, "the transport failed: " + failed.getMessage());
        }
    }

    private Transport open() throws IOException {
        Transport open = transport;
        if (open == null) {
            open = source.open();
            transport = open;
            if (stopped) {
                open.close();
            }
        }
        return open;
    }

    private void pass(DrainRound round, long deadline) {
        DrainState before = DrainState.read(spool);
        long now = System.currentTimeMillis();
        Delivery unpromised = erase(deadline);
        if (unpromised != null && !isOnlyRefused(unpromised)) {
            round.fail(unpromised);
        } else if (heedsAnswer && before.isKeptOff(now)) {
            round.putOff(before.answer());
            keep(before.launchedAt(0));
            return;
        } else if (hasConsent()) {
            spool.sweep(now, isPlausible(now, before));
            round.run(deadline, before.behind());
        } else {
            round.end(unpromised);
        }
        keep(after(before, round));
    }

    private void keep(DrainState state) {
        try {
            state.write(spool);
        } catch (IOException unwritable) {
            DebugLog.say("the state of the drain cannot be kept: " + unwritable);
        }
    }

    /**
     * Has the collectors asked to erase what the user wants forgotten. Returns an answer that was no promise, or null; one of
     * a collector that gets no reports any more is not a reason to keep them back.
     */
    private @Nullable Delivery erase(long deadline) {
        Delivery unpromised = null;
        try {
            if (erasures.isWished()) {
                erasures.takeUp(consents);
            }
            for (String list : erasures.lists()) {
                Delivery answer = erase(list, deadline);
                if (answer != null && (unpromised == null || isOnlyRefused(unpromised))) {
                    unpromised = answer;
                }
            }
            return unpromised;
        } catch (Throwable failed) {
            return Delivery.of(Delivery.Answer.REFUSED, "the erasure could not be asked for: " + failed.getMessage());
        }
    }

    private static boolean isOnlyRefused(Delivery answer) {
        return answer.answer() == Delivery.Answer.REFUSED;
    }

    private @Nullable Delivery erase(String list, long deadline) throws IOException {
        for (Erasures.Request next = erasures.next(list); next != null; next = erasures.next(list)) {
            long left = deadline - System.nanoTime();
            if (stopped || left <= 0 || !mayErase()) {
                return Delivery.of(Delivery.Answer.RETRY_LATER, "there was no time left to ask for erasure");
            }
            Delivery answer = ask(next, shorter(Duration.ofNanos(left), EXCHANGE));
            if (answer.answer() != Delivery.Answer.DELIVERED) {
                return answer;
            }
            erasures.promised(next);
        }
        return null;
    }

    /** Whether the environment, as it is now, lets an erasure be asked for. */
    private boolean mayErase() {
        consents.reread();
        return consents.mayErase();
    }

    /** Asks one collector, which need not be the one that gets reports today. */
    private Delivery ask(Erasures.Request request, Duration limit) throws IOException {
        if (request.dropPoint().equals(source.dropPoint())) {
            return open().erase(request.erasures(), limit);
        }
        try (Transport other = source.to(request.dropPoint()).open()) {
            Delivery answer = other.erase(request.erasures(), limit);
            boolean promised = answer.answer() == Delivery.Answer.DELIVERED;
            return promised ? answer : Delivery.of(Delivery.Answer.REFUSED, answer.detail());
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private DrainState after(DrainState before, DrainRound round) {
        long now = System.currentTimeMillis();
        DrainState tried = before.tried(now, round.detail());
        Delivery failure = round.failure();
        if (failure == null) {
            return tried.succeeded(round.isComplete() ? now : before.ended(), round.behind());
        }
        Duration wait = backoff.after(before.failures() + 1, failure.pause());
        boolean byAnswer = failure.answer() != Delivery.Answer.UNANSWERED;
        return tried.failed(now + wait.toMillis(), byAnswer, round.behind());
    }

    private Drained drained(int delivered, int rejected, String detail) {
        return new Drained(delivered, rejected, spool.names().size(), detail);
    }

    /** Age is judged by a clock that was near when a drain ended; one that never did, or long ago, is no ground for it. */
    private static boolean isPlausible(long now, DrainState state) {
        long sinceDrain = now - state.ended();
        return state.ended() > 0 && sinceDrain >= 0 && sinceDrain < PLAUSIBLE_STEP;
    }
}
