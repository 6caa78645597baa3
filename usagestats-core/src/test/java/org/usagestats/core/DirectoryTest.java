package org.usagestats.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the spool relies on, of each kind of directory. */
class DirectoryTest {

    @TempDir
    static Path temporary;

    private static int made;

    static Stream<Directory> kinds() throws Exception {
        SpoolDirectory disk = new SpoolDirectory(temporary.resolve("d" + made++).toFile());
        disk.create();
        return Stream.of(disk, new MemoryDirectory(), new CrashDisk());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aFileGrowsAtItsEndAndIsReadAsAWhole(Directory directory) throws Exception {
        directory.append("a", bytes("one"));
        directory.append("a", bytes("two"));

        assertThat(directory.read("a")).isEqualTo(bytes("onetwo"));
        assertThat(directory.size("a")).isEqualTo(6);
        assertThat(System.currentTimeMillis() - directory.modified("a")).isBetween(-2000L, 60_000L);
        try (InputStream begun = directory.open("a")) {
            assertThat(begun.read()).isEqualTo('o');
            directory.append("a", bytes("three"));
        }
        directory.append("large", new byte[Directory.LIMIT + 1]);
        assertThatIOException().isThrownBy(() -> directory.read("large")).withMessageContaining("128 KiB");
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void whatIsAbsentIsEmptyAndCannotBeRead(Directory directory) {
        assertThat(directory.exists("a")).isFalse();
        assertThat(directory.size("a")).isZero();
        assertThat(directory.modified("a")).isZero();
        assertThat(directory.delete("a")).isFalse();
        assertThat(directory.rename("a", "b")).isFalse();
        assertThat(directory.folder("f").list()).isEmpty();
        assertThatIOException().isThrownBy(() -> directory.read("a")).withMessageContaining("a");
        assertThat(directory.list()).isEmpty();
        assertThat(directory.fault()).isNull();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void renamingAndReplacingTakeThePlaceOfWhatWasThere(Directory directory) throws Exception {
        directory.append("a", bytes("new"));
        directory.append("b", bytes("old"));
        assertThat(directory.rename("a", "b")).isTrue();
        assertThat(directory.read("b")).isEqualTo(bytes("new"));

        directory.replace("b", bytes("newer"));
        assertThat(directory.read("b")).isEqualTo(bytes("newer"));
        directory.replaceForGood("b", bytes("newest"));
        assertThat(directory.read("b")).isEqualTo(bytes("newest"));
        assertThat(directory.list()).containsExactly("b");
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void forcingToTheDiskWhatSomebodyElseDeletedMakesNothingOfIt(Directory directory) throws Exception {
        directory.append("a", bytes("a"));
        directory.sync("a");
        directory.delete("a");
        directory.sync("a");

        assertThat(directory.list()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void foldersHoldFilesUnderTheirNames(Directory directory) throws Exception {
        directory.append("b", bytes("b"));
        directory.append("a", bytes("a"));
        Directory folder = directory.folder("f");
        folder.create();
        assertThat(directory.rename("a", "f/a")).isTrue();
        folder.append("c", bytes("c"));

        assertThat(directory.list()).containsExactly("b", "f");
        assertThat(folder.list()).containsExactly("a", "c");
        assertThat(folder.read("a")).isEqualTo(bytes("a"));
        assertThat(directory.exists("f")).isTrue();
        assertThat(directory.delete("f")).isFalse();
        assertThat(folder.delete("a")).isTrue();
        assertThat(directory.rename("f/c", "c")).isTrue();
        directory.delete("f");
        assertThat(directory.list()).containsExactly("b", "c");
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aTouchedFileKeepsItsContentAndGetsTheTime(Directory directory) throws Exception {
        directory.touch("a", 5000);
        assertThat(directory.size("a")).isZero();
        directory.append("a", bytes("a"));
        directory.touch("a", 5000);

        assertThat(directory.modified("a")).isEqualTo(5000);
        assertThat(directory.read("a")).isEqualTo(bytes("a"));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void oneAtATimeMayDrain(Directory directory) throws IOException {
        DrainLock lock = directory.tryLock();
        assertThat(lock).isNotNull();
        assertThat(directory.tryLock()).isNull();

        lock.close();
        DrainLock again = directory.tryLock();
        assertThat(again).isNotNull();
        again.close();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
