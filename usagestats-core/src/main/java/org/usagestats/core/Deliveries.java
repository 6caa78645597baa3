package org.usagestats.core;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.usagestats.api.Consent;
import org.usagestats.api.DeliveryState;
import org.usagestats.api.Drained;

/** Delivery as the program asks for it, and asks about it, on its own thread. */
final class Deliveries {

    private static final Duration LONGEST = Duration.ofDays(1);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    private final Spool spool;

    Deliveries(Spool spool) {
        this.spool = spool;
    }

    /** Delivers once no other drain is at it. */
    Drained deliver(ConsentBook consents, TransportSource source, Duration limit, BooleanSupplier closed) {
        long deadline = System.nanoTime() + within(limit).toNanos();
        Drained drained = null;
        while (drained == null && !closed.getAsBoolean()) {
            drained = new Drain(spool, consents, source).run(Duration.ofNanos(deadline - System.nanoTime()));
            if (drained == null && !pause(deadline)) {
                break;
            }
        }
        return drained != null ? drained : new Drained(0, 0, spool.names().size(), "Another delivery is under way.");
    }

    private static Duration within(Duration limit) {
        if (limit.isNegative()) {
            return Duration.ZERO;
        }
        return limit.compareTo(LONGEST) < 0 ? limit : LONGEST;
    }

    DeliveryState state(Consent consent, UploadSchedule schedule) {
        DrainState state = DrainState.read(spool);
        int waiting = spool.names().size();
        boolean isDueOnce = consent.sending() && waiting > 0;
        boolean wasTried = state.tried() != 0;
        return new DeliveryState(
                instant(state.tried()),
                wasTried ? state.answer() : "Nothing was delivered yet.",
                instant(isDueOnce ? schedule.next(state, System.currentTimeMillis(), waiting) : 0),
                waiting,
                spool.dropped());
    }

    private static Optional<Instant> instant(long millis) {
        return millis == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }

    private static boolean pause(long deadline) {
        if (deadline - System.nanoTime() <= 0) {
            return false;
        }
        try {
            Thread.sleep(LOOK_AGAIN.toMillis());
            return true;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
