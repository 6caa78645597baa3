package org.usagestats.sink.jsonl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.usagestats.sink.kit.LocalDisk;

class IdFileProperties {

    private static final IdFile.Origin ORIGIN = new IdFile.Origin(1, new KeyFile.Version(2, 3), 4);

    @Property(tries = 100)
    void whatWasWrittenIsHandedOutInOrder(@ForAll @IntRange(max = 2000) int size, @ForAll long seed)
            throws IOException {
        List<Long> numbers = numbers(size, seed);
        Path file = written(numbers);
        try {
            assertThat(read(file, ORIGIN, new ArrayList<>())).isEqualTo(inOrder(numbers));
            for (IdFile.Origin other : List.of(
                    new IdFile.Origin(0, new KeyFile.Version(2, 3), 4),
                    new IdFile.Origin(1, new KeyFile.Version(0, 3), 4),
                    new IdFile.Origin(1, new KeyFile.Version(2, 0), 4),
                    new IdFile.Origin(1, new KeyFile.Version(2, 3), 0))) {
                assertThatIOException().isThrownBy(() -> read(file, other, new ArrayList<>()));
            }
        } finally {
            Files.delete(file);
        }
    }

    @Property(tries = 200)
    void aFileThatIsDamagedOrCutIsNotedAndHandsOutNothingWrong(
            @ForAll @IntRange(max = 1000) int size, @ForAll boolean cut, @ForAll long seed) throws IOException {
        List<Long> numbers = numbers(size, seed);
        Path file = written(numbers);
        Random random = new Random(seed);
        try {
            byte[] bytes = Files.readAllBytes(file);
            int at = random.nextInt(bytes.length);
            bytes[at] ^= (byte) (1 + random.nextInt(255));
            Files.write(file, cut ? Arrays.copyOf(Files.readAllBytes(file), at) : bytes);
            List<Long> taken = new ArrayList<>();
            assertThatIOException().isThrownBy(() -> read(file, ORIGIN, taken));
            assertThat(taken).isEqualTo(inOrder(numbers).subList(0, taken.size()));
        } finally {
            Files.delete(file);
        }
    }

    @Example
    void aFileOfMoreThanArePutInOrderAtATimeIsWholeToo() throws IOException {
        List<Long> numbers = numbers(700_000, 1);
        Path file = written(numbers);
        try {
            List<Long> taken = read(file, ORIGIN, new ArrayList<>());
            assertThat(taken.equals(inOrder(numbers))).isFalse();
            assertThat(inOrder(taken).equals(inOrder(numbers))).isTrue();
        } finally {
            Files.delete(file);
        }
    }

    /** The pairs in the order of their first numbers without a sign. */
    private static List<Long> inOrder(List<Long> numbers) {
        return IntStream.range(0, numbers.size() / 2)
                .mapToObj(pair -> numbers.subList(2 * pair, 2 * pair + 2))
                .sorted((one, other) -> Long.compareUnsigned(one.get(0), other.get(0)))
                .flatMap(List::stream)
                .toList();
    }

    private static List<Long> numbers(int size, long seed) {
        return new Random(seed).longs(2L * size).boxed().toList();
    }

    private static List<Long> read(Path path, IdFile.Origin origin, List<Long> taken) throws IOException {
        try (IdFile file = IdFile.open(path, origin)) {
            file.forEach(pairs -> {
                while (pairs.hasRemaining()) {
                    taken.add(pairs.get());
                }
            });
        }
        return taken;
    }

    private static Path written(List<Long> numbers) throws IOException {
        Path file = Files.createTempFile("ids", "");
        Files.delete(file);
        try (IdFile.Writing writing = new IdFile.Writing(new LocalDisk(), file)) {
            for (int i = 0; i < numbers.size(); i += 2) {
                writing.take(numbers.get(i), numbers.get(i + 1));
            }
            writing.finish(ORIGIN);
        }
        return file;
    }
}
