package org.usagestats.api;

import java.time.Duration;
import java.util.List;

/**
 * A program's usage statistics: recording, and what only the program may do, above all to carry out its user's decision.
 *
 * <p>Opened once a run by the program, which hands a {@link Recorder} to its libraries. At run time nothing here throws
 * but {@link #verify()}, which is made for tests. Only {@link #deliver} touches the network on the caller's thread. Safe
 * for use by many threads.
 */
public interface UsageStats extends Recorder, AutoCloseable {

    /**
     * Tells where consent stands now. Reads at most a few small files.
     *
     * @return the state and its reason
     */
    Consent consent();

    /**
     * Carries out the user's yes. Writes the decision to the disk.
     *
     * @param backlog what becomes of the reports that waited for it
     * @return where consent stands afterwards; if it cannot be given now, the reason says why
     */
    Consent enableReporting(Backlog backlog);

    /**
     * Carries out the user's yes, and sends the reports that waited for it. Writes the decision to the disk.
     *
     * @return as {@link #enableReporting(Backlog)}
     */
    default Consent enableReporting() {
        return enableReporting(Backlog.SEND);
    }

    /**
     * Carries out the user's no: writes the decision first, then deletes the waiting reports and the identifier. Silent
     * on the network.
     *
     * @return where consent stands afterwards; if the answer cannot be kept, the reason says why
     */
    Consent disableReporting();

    /**
     * Shows what waits, each report byte for byte as it would be sent. Reads the spool.
     *
     * @return the reports, oldest first
     */
    List<Report> pending();

    /**
     * Delivers what waits, now and on the caller's thread, whatever the schedule says. Without consent it does nothing.
     *
     * @param limit how long it may take
     * @return what was delivered, and how many reports remain
     */
    Drained deliver(Duration limit);

    /**
     * Checks, in the author's own test, that the program is put together so that reports can be delivered. Opens the
     * transport without using it; touches no network.
     *
     * @throws IllegalStateException if a plug-in is missing, or two claim the same; the message names what to do
     */
    void verify();

    /**
     * Ends the session. Notes not yet submitted are dropped. Waits for a delivery only while one is due and under way,
     * and no longer than the program set when building; afterwards nothing runs and every call is without effect.
     */
    @Override
    void close();
}
