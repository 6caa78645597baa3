package org.usagestats.api;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/**
 * A program's usage statistics: recording, and what only the program may do, above all to carry out its user's decision.
 *
 * <p>Opened once a run by the program, which hands a {@link Recorder} to its libraries. At run time nothing here throws
 * but {@link #verify()}, which is made for tests, and {@link #submitEvery} for an interval that it does not take. Only {@link #deliver} touches the network on the caller's thread. Safe
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
     * Carries out the user's yes, to everything that is declared and to the present recipient. Writes the decision to the
     * disk.
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
     * Carries out the user's no: writes the decision first, then deletes the waiting reports, the journal and the
     * identifier. Silent on the network.
     *
     * @return where consent stands afterwards; if the answer cannot be kept, the reason says why
     */
    Consent disableReporting();

    /**
     * Submits a report now and again for as long as the program runs, as {@link #submit} does: what was noted since the last
     * report, and what the supplier gives. The first is made some minutes from now, at random, so that programs started
     * together do not report together; each next an interval after the last one. The last time is remembered beside the
     * spool, for all runs of the program and all its processes there together, so that a restart does not report sooner. Of
     * several repetitions each has a memory of its own, by the order in which they are asked for.
     *
     * <p>Reports are made while there is consent, on one daemon thread for all repetitions, which also delivers what is due
     * and what an earlier run left, some seconds after it started. Without consent there is no thread. A yes is heeded at
     * once when it is given through this object or {@link #consent()} sees it; one that another process gives, when the
     * program calls {@link #consent()} or starts the next time. A no by another process is heeded within five minutes. A
     * user who has not decided is prompted now, once, as by {@link #submit}.
     *
     * <p>A clock that is set, and a machine that sleeps, do not stop the reports, nor make them come more often than one
     * for each time the clock is set; a machine that slept through the time reports some minutes after it woke. A
     * supplier that throws has no report made this time. One that does not return holds up the repetitions of this object
     * and nobody else; {@link #close()} interrupts it.
     *
     * @param interval the time from one report to the next, from a minute to 366 days
     * @param parts gives the notes and flags of each report, on the thread of the repetitions
     * @return a handle to stop it; {@link #close()} stops it too
     * @throws IllegalArgumentException if the interval is shorter or longer than that
     */
    Repetition submitEvery(Duration interval, Supplier<? extends List<? extends Part>> parts);

    /**
     * Has a last report submitted when the program ends, of what was noted and never submitted, or if nothing was submitted
     * at all: by {@link #close()}, as {@link #submit} does, or, where the program ends without it, by {@code System.exit},
     * Ctrl-C or SIGTERM, by a shutdown hook. The hook writes at most one file, and leaves delivery and prompt to the next
     * run, so that a spool in memory loses the report; it waits for nothing but flags that do not come with this library, a
     * quarter of a second each. Without this, notes never submitted are dropped. Touches no disk.
     *
     * @param parts more notes for that report, and flags; asked for again, they replace those before
     */
    void submitAtExit(Part... parts);

    /**
     * Shows what waits, each report byte for byte as it would be sent. Reads the spool.
     *
     * @return the reports, oldest first
     */
    List<Report> pending();

    /**
     * Shows what was sent, each report byte for byte: the newest of those that a collector acknowledged, at most 100 and
     * about a mebibyte. Reads the journal, which is gone when consent is withdrawn.
     *
     * @return the reports, oldest first
     */
    List<Report> journal();

    /**
     * Says what the program collects, for whom and why. Touches nothing.
     *
     * @return the program's declaration, with that of the libraries it gave recorders to
     */
    Declaration declared();

    /**
     * Carries out the user's wish to be forgotten: deletes what waits, the journal and the identifier, and has the
     * collector asked to erase every report that this machine sent. The wish is kept until the collector says that it will,
     * also when consent is withdrawn meanwhile. Consent itself stays as it is; whoever wants to stop disables as well.
     * Writes to the disk, and starts a delivery as {@link #submit} does.
     *
     * @return how many reports it is about, and where it stands
     */
    Forgotten forget();

    /**
     * Makes a recorder for a library that the program uses. Its keys begin with the library's name and a dot; what it notes
     * goes into the program's next report, and what it submits is a report of its own. Touches no disk.
     *
     * @param name the library's name, of the form of a key; another makes a recorder that does nothing
     * @param version the library's version, noted as {@code <name>.version} where the library notes anything
     * @param fields what the library notes, its keys without the library's name; they join the program's declaration
     * @return the recorder, to be handed to the library
     */
    Recorder library(String name, String version, Field... fields);

    /**
     * Delivers what waits, now and on the caller's thread, whatever the schedule says. Without consent it does nothing
     * but complete an erasure that the user asked for.
     *
     * @param limit how long it may take
     * @return what was delivered, and how many reports remain
     */
    Drained deliver(Duration limit);

    /**
     * Tells where delivery stands: when it was last tried, what came of it, and when it is next. Reads the spool, and never
     * the network.
     *
     * @return the state of the delivery
     */
    DeliveryState delivery();

    /**
     * Checks, in the author's own test, that the program is put together so that reports can be delivered. Opens the
     * transport without using it; touches no network.
     *
     * @throws IllegalStateException if a plug-in is missing, or two claim the same; the message names what to do
     */
    void verify();

    /**
     * Ends the session. Notes not yet submitted are dropped, unless {@link #submitAtExit} was asked for. Waits for a delivery
     * only while one is due and under way, and no longer than the program set when building; afterwards nothing runs and
     * every call is without effect.
     */
    @Override
    void close();
}
