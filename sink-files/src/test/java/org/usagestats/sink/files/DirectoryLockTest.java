package org.usagestats.sink.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryLockTest {

    private static final String LOCKING_PROGRAM = """
            import java.nio.channels.FileChannel;
            import java.nio.file.Path;
            import java.nio.file.StandardOpenOption;

            class Lock {
                public static void main(String[] file) throws Exception {
                    FileChannel channel = FileChannel.open(
                            Path.of(file[0]), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    System.out.println(channel.tryLock() == null ? "refused" : "locked");
                    System.in.read();
                }
            }
            """;

    @TempDir
    private Path temporary;

    private Path directory;

    @BeforeEach
    void makeTheDirectory() throws IOException {
        directory = Files.createDirectory(temporary.toRealPath().resolve("reports"));
    }

    @Test
    void lockLiesBesideTheDirectoryAndNothingLiesInIt() throws IOException {
        DirectoryLock.take(directory).close();

        assertThat(directory).isEmptyDirectory();
        assertThat(temporary.resolve("reports.usagestats-lock")).isEmptyFile();
    }

    @Test
    void anotherProcessKeepsUsOutUntilItEnds() throws Exception {
        Process other = otherProcess("locked");
        try {
            assertThatIOException()
                    .isThrownBy(() -> DirectoryLock.take(directory))
                    .withMessage(
                            directory + " is in use by another process; each collector needs a directory of its own");
        } finally {
            other.destroyForcibly().waitFor();
        }
        DirectoryLock.take(directory).close();
    }

    @Test
    void refusedAttemptInThisProcessDoesNotFreeTheLock() throws Exception {
        try (DirectoryLock lock = DirectoryLock.take(directory)) {
            assertThatIOException()
                    .isThrownBy(() -> DirectoryLock.take(directory))
                    .withMessageContaining("in use by this process");
            otherProcess("refused").destroyForcibly().waitFor();
            assertThat(lock).isNotNull();
        }
    }

    @Test
    void directoryThatCannotBeLockedIsUsedAllTheSame() throws IOException {
        Files.createDirectory(temporary.resolve("reports.usagestats-lock"));

        try (DirectoryLock lock = DirectoryLock.take(directory)) {
            assertThat(lock).isNotNull();
            assertThatIOException().isThrownBy(() -> DirectoryLock.take(directory));
        }
    }

    /** Starts a process that tries to take the lock, and makes sure of how that went. */
    private Process otherProcess(String outcome) throws IOException {
        Path program = Files.writeString(temporary.resolve("Lock.java"), LOCKING_PROGRAM);
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Process process = new ProcessBuilder(
                        List.of(java.toString(), program.toString(), directory + ".usagestats-lock"))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(process.inputReader().readLine()).isEqualTo(outcome);
        return process;
    }
}
