package org.usagestats.api;

import java.time.Instant;
import java.util.Optional;

/**
 * Where the delivery of a program's reports stands. Times are by the clock of this machine.
 *
 * @param lastAttempt when it was last tried to deliver, in whatever process; empty if never since consent was given
 * @param answer what came of that, in a sentence fit to show
 * @param nextDue from when on what waits is delivered: by the next submit, or at once by a program that runs {@link
 *     UsageStats#submitEvery}; empty if nothing waits, or there is no consent
 * @param waiting how many reports wait
 * @param dropped how many reports the spool's bounds removed and no report has told of yet
 */
public record DeliveryState(
        Optional<Instant> lastAttempt, String answer, Optional<Instant> nextDue, int waiting, long dropped) {}
