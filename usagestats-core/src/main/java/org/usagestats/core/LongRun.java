package org.usagestats.core;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.usagestats.api.Consent;
import org.usagestats.api.Part;
import org.usagestats.api.Repetition;

/**
 * What a program asked to have submitted by itself: reports now and again, on one daemon thread that is there while there is
 * consent, and a last one when it ends.
 *
 * <p>Every few minutes the thread looks whether consent still stands, which reports are due, and whether the spool is: a
 * long-running program delivers what earlier runs left, or a failed attempt, without waiting for its next report.
 */
final class LongRun implements Runnable {

    /** How long the thread waits at the most before it looks around; nothing else tells it that the clock was set. */
    static final long STEP_MILLIS = Duration.ofMinutes(5).toMillis();

    private static final int SETTLING_MILLIS = 5000;
    private static final Duration GRACE = Duration.ofMillis(20);

    private final Client client;
    private final Installation installation;
    private final Spool spool;
    private final UploadSchedule schedule;
    private final Time time;
    private final LastReport lastReport;
    private final List<Rhythm> rhythms = new ArrayList<>();
    private @Nullable Thread thread;
    private boolean allowed;
    private boolean asking;
    private boolean closed;

    LongRun(Client client, Installation installation, UsageStatsClient.Builder settings) {
        this.client = client;
        this.installation = installation;
        this.spool = installation.spool();
        this.schedule = settings.schedule();
        this.time = settings.time();
        this.lastReport = new LastReport(client, settings);
    }

    LastReport lastReport() {
        return lastReport;
    }

    Directory directory() {
        return spool.directory();
    }

    synchronized Repetition repeat(Duration interval, Supplier<? extends List<? extends Part>> parts) {
        if (interval.compareTo(Rhythm.SHORTEST) < 0 || interval.compareTo(Rhythm.LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "reports are repeated at an interval from a minute to 366 days, not " + interval);
        }
        Rhythm added = new Rhythm(this, freeIndex(), interval, parts);
        rhythms.add(added);
        notifyAll();
        return added;
    }

    /** The lowest that no repetition has: one that is stopped and asked for again has the memory of before. */
    private int freeIndex() {
        List<Integer> taken = new ArrayList<>();
        for (Rhythm rhythm : rhythms) {
            taken.add(rhythm.index());
        }
        int index = 0;
        while (taken.contains(index)) {
            index++;
        }
        return index;
    }

    synchronized void remove(Rhythm rhythm) {
        rhythms.remove(rhythm);
        notifyAll();
    }

    /** Follows the consent: the thread is there while there is some and something to repeat, the hook while there may be. */
    void heed(Consent consent) {
        lastReport.heed(consent);
        follow(consent.sending());
    }

    private synchronized void follow(boolean consented) {
        allowed = consented;
        if (thread == null && goesOn()) {
            Thread started = new Thread(null, this, "usagestats-repeat", 0, false);
            started.setDaemon(true);
            try {
                time.start(started);
                thread = started;
            } catch (OutOfMemoryError noThread) {
                DebugLog.say("the repeated reports could not be started: " + noThread);
            }
        } else {
            notifyAll();
        }
    }

    /** Ends the thread; a supplier that waits is interrupted, and one that goes on nevertheless is not waited for. */
    void close() {
        lastReport.submit();
        Thread running;
        synchronized (this) {
            closed = true;
            running = thread;
            if (running == null || running.equals(Thread.currentThread())) {
                return;
            }
            if (asking) {
                running.interrupt();
            }
            notifyAll();
        }
        join(running);
    }

    private static void join(Thread running) {
        try {
            running.join(GRACE.toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized boolean goesOn() {
        return allowed && !closed && !rhythms.isEmpty();
    }

    /** Lets the thread end, unless it is wanted again meanwhile. */
    private synchronized boolean ends() {
        if (goesOn()) {
            return false;
        }
        thread = null;
        return true;
    }

    @Override
    public void run() {
        long settled = time.steadyMillis() + SETTLING_MILLIS + new Random().nextInt(2 * SETTLING_MILLIS);
        while (!ends()) {
            long wait = STEP_MILLIS;
            try {
                wait = look(settled);
            } catch (Throwable failed) {
                DebugLog.say("the repeated reports failed: " + DebugLog.told(failed));
            }
            pause(wait);
        }
    }

    /** Does what is due, and returns how long there is nothing to do. */
    private long look(long settled) {
        client.consent();
        long wait = STEP_MILLIS;
        for (Rhythm rhythm : wanted()) {
            if (rhythm.untilDue(time) == 0 && wanted().contains(rhythm)) {
                report(rhythm);
            }
            wait = Math.min(wait, Math.max(1, rhythm.untilDue(time)));
        }
        long unsettled = settled - time.steadyMillis();
        if (unsettled > 0) {
            return Math.min(wait, unsettled);
        }
        deliverIfDue();
        return wait;
    }

    /** Delivers what waits, and asks for erasures, though nothing was submitted now. */
    private void deliverIfDue() {
        int waiting = spool.isForgetting() ? Spool.LIMIT : spool.names().size();
        if (goesOn() && schedule.isDueUnasked(DrainState.read(spool), System.currentTimeMillis(), waiting)) {
            installation.startDispatch();
        }
    }

    private synchronized List<Rhythm> wanted() {
        return goesOn() ? List.copyOf(rhythms) : List.of();
    }

    private void report(Rhythm rhythm) {
        ask(true);
        Part[] parts;
        try {
            parts = rhythm.parts(time);
        } catch (Throwable failed) {
            DebugLog.say("a repeated report was not made, since its supplier failed: " + DebugLog.told(failed));
            return;
        } finally {
            ask(false);
        }
        client.submit(parts);
    }

    /** Notes whether a supplier is asked, which alone may be interrupted, and is over when it ends. */
    private synchronized void ask(boolean now) {
        asking = now;
        if (!now) {
            Thread.interrupted();
        }
    }

    private synchronized void pause(long millis) {
        try {
            if (goesOn()) {
                time.pause(this, millis);
            }
        } catch (InterruptedException woken) {
            // Nobody has a reason to, and whether it is the end is seen by looking.
            return;
        }
    }
}
