package org.usagestats.core;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.usagestats.api.Flag;
import org.usagestats.api.Note;
import org.usagestats.api.Session;

/**
 * Asks flags that do not come with the library for their notes: on a thread of their own, which is not waited for when it
 * does not come back. A flag that failed so once is not asked again.
 */
final class PatientFlags {

    private final long patienceMillis;
    private final List<Flag> stuck = new ArrayList<>();

    PatientFlags(long patienceMillis) {
        this.patienceMillis = patienceMillis;
    }

    List<Note> notes(Flag flag, Session session) {
        if (isStuck(flag)) {
            throw new IllegalStateException("it did not answer before");
        }
        Asking asking = new Asking(flag, session);
        asking.start();
        List<Note> notes = asking.notes(patienceMillis);
        if (notes == null) {
            if (!Thread.currentThread().isInterrupted()) {
                setStuck(flag);
            }
            throw new IllegalStateException("it did not answer in time");
        }
        return notes;
    }

    private synchronized boolean isStuck(Flag flag) {
        return stuck.contains(flag);
    }

    private synchronized void setStuck(Flag flag) {
        stuck.add(flag);
    }

    private static final class Asking extends Thread {

        private final Flag flag;
        private final Session session;
        private volatile @Nullable List<Note> notes;
        private volatile @Nullable String failure;

        Asking(Flag flag, Session session) {
            super("usagestats-flag");
            this.flag = flag;
            this.session = session;
            setDaemon(true);
        }

        @Override
        public void run() {
            try {
                notes = List.copyOf(flag.notes(session));
            } catch (Throwable failed) {
                failure = DebugLog.told(failed);
            }
        }

        /** What the flag answered, or null if it did not in time. */
        @Nullable
        List<Note> notes(long patienceMillis) {
            try {
                join(patienceMillis);
            } catch (InterruptedException interrupted) {
                currentThread().interrupt();
            }
            if (isAlive()) {
                interrupt();
            }
            if (failure != null) {
                throw new IllegalStateException(failure);
            }
            return notes;
        }
    }
}
