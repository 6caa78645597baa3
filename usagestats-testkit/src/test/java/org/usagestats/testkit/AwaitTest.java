package org.usagestats.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AwaitTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    private final AtomicInteger looks = new AtomicInteger();

    @TempDir
    Path directory;

    @Test
    void looksUntilTheConditionHolds() throws Exception {
        Await.until("the third look", LONG, () -> looks.incrementAndGet() == 3);
        assertThat(looks).hasValue(3);
    }

    @Test
    void tellsWhatItWaitedForInVain() {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> Await.until("a miracle", Duration.ZERO, () -> false))
                .withMessage("waited 0 s in vain: a miracle");
    }

    @Test
    void looksAgainWhenAFileIsGone() throws Exception {
        Path file = directory.resolve("file");
        Await.until("the file", LONG, () -> {
            if (looks.incrementAndGet() == 3) {
                Files.createFile(file);
            }
            return Files.size(file) == 0;
        });
        assertThat(looks).hasValue(3);
    }

    @Test
    void looksAgainWhenAFileOfAStreamIsGone() throws Exception {
        Await.until("the second look", LONG, () -> {
            if (looks.incrementAndGet() == 1) {
                throw new UncheckedIOException(new NoSuchFileException("file"));
            }
            return true;
        });
        assertThat(looks).hasValue(2);
    }

    @Test
    void passesEveryOtherFailureOn() {
        IOException failure = new IOException("broken");
        assertThatIOException()
                .isThrownBy(() -> Await.until("nothing", LONG, () -> {
                    throw failure;
                }))
                .isSameAs(failure);
        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> Await.until("nothing", LONG, () -> {
                    throw new UncheckedIOException(failure);
                }))
                .withCause(failure);
    }
}
