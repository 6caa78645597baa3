package org.usagestats.sink.jsonl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.usagestats.sink.kit.EraseKey;
import org.usagestats.sink.kit.LocalDisk;

class KeyFileProperties {

    private static final KeyFile.Version VERSION = new KeyFile.Version(1, 2);

    @Property(tries = 200)
    void exactlyTheKeysThatWereWrittenAreFound(
            @ForAll @IntRange(max = 3000) int size, @ForAll @IntRange(max = 2000) int wanted, @ForAll long seed)
            throws IOException {
        Random random = new Random(seed);
        SortedSet<EraseKey> keys = keys(random, size);
        SortedSet<EraseKey> asked = keys(random, wanted);
        List<EraseKey> some = new ArrayList<>(keys);
        for (int i = 0; i < Math.min(size, wanted); i++) {
            asked.add(some.get(random.nextInt(some.size())));
        }
        Path file = written(keys);
        try (KeyFile found = KeyFile.open(file, VERSION)) {
            Set<EraseKey> expected = new HashSet<>(asked);
            expected.retainAll(keys);
            assertThat(found.find(new ArrayList<>(asked))).isEqualTo(expected);
            assertThat(found.find(some)).hasSize(size);
        } finally {
            Files.delete(file);
        }
    }

    @Property(tries = 200)
    void aFileThatIsDamagedOrOutOfDateIsNotBelieved(@ForAll @IntRange(max = 600) int size, @ForAll long seed)
            throws IOException {
        Random random = new Random(seed);
        SortedSet<EraseKey> keys = keys(random, size);
        Path file = written(keys);
        try {
            assertThatIOException().isThrownBy(() -> KeyFile.open(file, new KeyFile.Version(1, 3)));
            assertThatIOException().isThrownBy(() -> KeyFile.open(file, new KeyFile.Version(2, 2)));
            byte[] bytes = Files.readAllBytes(file);
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 + random.nextInt(255));
            Files.write(file, bytes);
            assertThatIOException().isThrownBy(() -> readAll(file, keys));
        } finally {
            Files.delete(file);
        }
    }

    @Example
    void aFileThatIsNotInItsOrderOrLacksABlockIsNotBelieved() throws IOException {
        SortedSet<EraseKey> keys = keys(new Random(1), 300);
        SortedSet<EraseKey> turnedRound = new TreeSet<>(Comparator.reverseOrder());
        turnedRound.addAll(keys);
        Path file = written(turnedRound);
        try {
            assertThatIOException().isThrownBy(() -> readAll(file, keys)).withMessageContaining("order");
            Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 2 * Block.BYTES));
            assertThatIOException()
                    .isThrownBy(() -> KeyFile.open(file, VERSION))
                    .withMessageContaining("missing");
        } finally {
            Files.delete(file);
        }
    }

    private static void readAll(Path file, SortedSet<EraseKey> keys) throws IOException {
        try (KeyFile found = KeyFile.open(file, VERSION)) {
            found.find(new ArrayList<>(keys));
        }
    }

    private static SortedSet<EraseKey> keys(Random random, int size) {
        SortedSet<EraseKey> keys = new TreeSet<>();
        while (keys.size() < size) {
            keys.add(new EraseKey(random.nextLong(), random.nextInt(4)));
        }
        return keys;
    }

    private static Path written(SortedSet<EraseKey> keys) throws IOException {
        Path file = Files.createTempFile("keys", "");
        Files.delete(file);
        KeyFile.write(new LocalDisk(), file, VERSION, keys);
        return file;
    }
}
