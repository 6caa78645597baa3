package org.usagestats.sink.jsonl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.usagestats.sink.kit.EraseKey;
import org.usagestats.sink.kit.LocalDisk;

/**
 * Whatever a file holds that is derived from a segment, it is read or refused by an {@link IOException}, after which it is made
 * anew. What it takes are changes of a file as it should be: each the place, in two bytes, and what to put there.
 */
class DerivedFilesFuzzTest {

    private static final KeyFile.Version VERSION = new KeyFile.Version(1, 2);
    private static final IdFile.Origin ORIGIN = new IdFile.Origin(3, VERSION, 4);
    private static final int PAIRS = 300;

    @TempDir
    Path directory;

    /** The last one is as many blocks as there are, in 64 bits. */
    @ParameterizedTest
    @ValueSource(longs = {-1, -254, Long.MIN_VALUE, Long.MAX_VALUE, PAIRS + 1000, PAIRS + (255L << 52)})
    void countsThatCannotBeAreRefused(long count) throws IOException {
        Path keys = directory.resolve("keys");
        KeyFile.write(new LocalDisk(), keys, VERSION, someKeys());
        putCount(keys, 3 * Long.BYTES, count);
        Path ids = directory.resolve("ids");
        writeIds(ids);
        putCount(ids, 2 * Block.BYTES + 5 * Long.BYTES, count);

        assertThatIOException().isThrownBy(() -> KeyFile.open(keys, VERSION));
        assertThatIOException().isThrownBy(() -> IdFile.open(ids, ORIGIN));
    }

    private static void putCount(Path file, int place, long count) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        assertThat(ByteBuffer.wrap(bytes).getLong(place)).isEqualTo(PAIRS);
        ByteBuffer.wrap(bytes).putLong(place, count);
        Files.write(file, bytes);
        change(file, new byte[0]);
    }

    private static SortedSet<EraseKey> someKeys() {
        SortedSet<EraseKey> keys = new TreeSet<>();
        for (int i = 0; i < PAIRS; i++) {
            keys.add(new EraseKey(i * 0x1234567L, i));
        }
        return keys;
    }

    private static void writeIds(Path file) throws IOException {
        try (IdFile.Writing writing = new IdFile.Writing(new LocalDisk(), file)) {
            for (int i = 0; i < PAIRS; i++) {
                writing.take(i, i);
            }
            writing.finish(ORIGIN);
        }
    }

    @FuzzTest
    void keys(byte[] changes) throws IOException {
        SortedSet<EraseKey> keys = someKeys();
        Path file = directory.resolve("keys");
        KeyFile.write(new LocalDisk(), file, VERSION, keys);
        change(file, changes);
        try (KeyFile read = KeyFile.open(file, VERSION)) {
            assertThat(read.find(new ArrayList<>(keys)).size()).isBetween(changes.length < 3 ? PAIRS : 0, PAIRS);
        } catch (IOException refused) {
            assertThat(changes).hasSizeGreaterThan(2);
        } finally {
            Files.delete(file);
        }
    }

    @FuzzTest
    void ids(byte[] changes) throws IOException {
        Path file = directory.resolve("ids");
        writeIds(file);
        change(file, changes);
        List<Long> taken = new ArrayList<>();
        try (IdFile read = IdFile.open(file, ORIGIN)) {
            read.forEach(pairs -> taken.add((long) pairs.remaining()));
            assertThat(taken.stream().mapToLong(Long::longValue).sum()).isEqualTo(2 * read.reports());
            assertThat(read.reports()).isBetween(changes.length < 3 ? PAIRS : 0L, 2L * PAIRS);
        } catch (IOException refused) {
            assertThat(changes).hasSizeGreaterThan(2);
        } finally {
            Files.delete(file);
        }
    }

    /** Changes a file and makes the checksums of its blocks hold again. */
    private static void change(Path file, byte[] changes) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        for (int i = 0; i + 2 < changes.length; i += 3) {
            bytes[((changes[i] & 0xff) << 8 | changes[i + 1] & 0xff) % bytes.length] = changes[i + 2];
        }
        for (int end = Block.BYTES; end <= bytes.length; end += Block.BYTES) {
            CRC32C crc = new CRC32C();
            crc.update(bytes, end - Block.BYTES, Block.BYTES - Integer.BYTES);
            ByteBuffer.wrap(bytes).putInt(end - Integer.BYTES, (int) crc.getValue());
        }
        Files.write(file, bytes);
    }
}
