package org.usagestats.server;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import org.usagestats.server.access.Access;
import org.usagestats.server.http.Refusal;
import org.usagestats.server.senders.AddressKeeping;
import org.usagestats.server.senders.RateLimit;
import org.usagestats.server.tls.Tls;
import org.usagestats.sink.QueryLimits;

/**
 * On what terms a collector takes reports and answers questions.
 *
 * @param limit how many a network may send, if that is limited
 * @param tls how it proves itself, if it does so itself
 * @param questions what a question may cost
 * @param charts the operator's charts for the dashboard, a JSON array
 */
record Terms(
        Access access,
        AddressKeeping keeping,
        Optional<RateLimit> limit,
        Optional<Tls> tls,
        QueryLimits questions,
        String charts) {

    /**
     * Refuses what is beyond the limit.
     *
     * @throws Refusal if the sender is to come again later
     */
    void requireWithinLimit(InetAddress sender) throws Refusal {
        if (limit.isPresent()) {
            Duration wait = limit.get().take(sender, 1);
            if (!wait.isZero()) {
                throw Refusal.later("too many reports", wait);
            }
        }
    }
}
