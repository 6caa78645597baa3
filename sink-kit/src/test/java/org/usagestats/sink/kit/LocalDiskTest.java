package org.usagestats.sink.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalDiskTest {

    @TempDir
    Path temporary;

    private final Disk disk = new LocalDisk();

    @Test
    void eachDirectoryThatIsMadeIsSyncedByName() throws IOException {
        List<Path> synced = new ArrayList<>();
        Disk noting = new LocalDisk() {
            @Override
            public void syncDirectory(Path directory) throws IOException {
                super.syncDirectory(directory);
                synced.add(directory);
            }
        };
        noting.createDirectory(temporary.resolve("a/b"));
        assertThat(temporary.resolve("a/b")).isDirectory();
        assertThat(synced).containsExactly(temporary, temporary.resolve("a"));

        noting.createDirectory(temporary.resolve("a/b"));
        assertThat(synced).as("nothing more").hasSize(2);
    }

    @Test
    void aDirectoryThatCannotBeMadeIsNamed() throws IOException {
        Path file = Files.createFile(temporary.resolve("file"));
        assertThatIOException()
                .isThrownBy(() -> disk.createDirectory(file.resolve("below")))
                .withMessage(file + " is not a directory");
    }

    @Test
    void whatIsWrittenStandsAtTheEndAndASecondNameReplacesNone() throws IOException {
        Path file = temporary.resolve("file");
        Path name = temporary.resolve("name");
        try (FileChannel channel = disk.create(file)) {
            disk.write(channel, ByteBuffer.wrap(new byte[] {'a'}));
            disk.write(channel.position(0), ByteBuffer.wrap(new byte[] {'b'}));
            disk.sync(channel);
        }
        disk.link(file, name);
        assertThatExceptionOfType(FileAlreadyExistsException.class).isThrownBy(() -> disk.link(file, name));
        assertThatExceptionOfType(FileAlreadyExistsException.class).isThrownBy(() -> disk.create(name));
        disk.delete(file);
        disk.delete(file);
        assertThat(file).doesNotExist();
        assertThat(name).hasContent("ab");
    }

    /** No test sees whether the disk has confirmed anything; but one that was not asked could not refuse. */
    @Test
    void theDiskIsAskedToConfirm() throws IOException {
        FileChannel closed = disk.create(temporary.resolve("file"));
        closed.close();
        assertThatExceptionOfType(ClosedChannelException.class).isThrownBy(() -> disk.sync(closed));
        assertThatIOException().isThrownBy(() -> disk.syncDirectory(temporary.resolve("missing")));
    }
}
