package org.usagestats.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;

/** Drains a spool in memory in all the ways that one on a disk is drained. */
class DrainInMemoryTest extends DrainTest {

    @Override
    Directory spoolDirectory(Path path) {
        return new MemoryDirectory();
    }

    @AfterEach
    void nothingIsWritten() {
        assertThat(directory).isEmptyDirectory();
    }
}
