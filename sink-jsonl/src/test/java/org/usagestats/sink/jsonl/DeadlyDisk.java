package org.usagestats.sink.jsonl;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.usagestats.sink.testkit.FaultyDisk;

/** A disk whose process dies before a step, as suddenly as by a kill -9: nothing of it runs any more. */
final class DeadlyDisk extends FaultyDisk {

    /** With what status the process ends then. */
    static final int DIED = 137;

    private final AtomicInteger left;

    DeadlyDisk(int steps) {
        left = new AtomicInteger(steps);
    }

    /**
     * Runs a main class, of which the first argument is a path, and the second the step before which it dies.
     *
     * @return the status with which it ends
     */
    static int runUntil(int step, Class<?> main, Path path) throws Exception {
        Process process = ChildJvm.start(main, path.toString(), Integer.toString(step));
        try {
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }

    @Override
    protected void operation() {
        if (left.decrementAndGet() == 0) {
            Runtime.getRuntime().halt(DIED);
        }
    }
}
