package org.usagestats.sink.jsonl;

import java.time.Duration;

/**
 * For how long it pays to wait until those come again who were just answered, so that they and those who came meanwhile share
 * a sync: at most what the disk usually takes, and an eighth of it if nobody comes. Senders who all wait for their answers would otherwise fall into two groups,
 * of which each waits for the other's sync. Belongs to the writer's thread.
 */
final class Gathering {

    /** A disk that takes less is as soon asked again. */
    private static final Duration WORTH_IT = Duration.ofNanos(300_000);

    private static final int SMOOTHING = 8;
    private static final int PAUSE = 8;

    private long usual;
    private long until = System.nanoTime();

    /** Notes for how long the disk was busy until now. */
    void took(Duration time) {
        usual += (time.toNanos() - usual) / SMOOTHING;
        until = System.nanoTime() + (usual < WORTH_IT.toNanos() ? 0 : usual);
    }

    /** For how many nanoseconds it pays from now on; none if zero or less. */
    long left() {
        return until - System.nanoTime();
    }

    /** For how many nanoseconds it pays if nobody comes. */
    long pause() {
        return Math.min(left(), usual / PAUSE);
    }
}
