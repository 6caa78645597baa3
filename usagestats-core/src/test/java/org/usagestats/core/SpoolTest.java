package org.usagestats.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usagestats.api.Report;

class SpoolTest {

    private static final long NOW = 1_800_000_000_000L;

    @TempDir
    Path temporary;

    private Path directory;
    private Spool spool;

    @BeforeEach
    void open() {
        directory = temporary.resolve("vendor/program/usage-stats");
        spool = new Spool(new SpoolDirectory(directory.toFile()));
    }

    @Test
    void aReportIsOneWholeFileInADirectoryOfItsUser() throws Exception {
        spool.store(bytes("a"), NOW, Spool.LIMIT);

        SpoolName name = spool.names().get(0);
        assertThat(Files.readAllBytes(directory.resolve(name.toString()))).isEqualTo(bytes("a"));
        assertThat(spool.read(name).text()).isEqualTo("a");
        assertThat(spool.read(name).id()).isEqualTo(name.id());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
                .isEqualTo("rwx------");
        assertThat(directory.toFile().list()).hasSize(1);
    }

    @Test
    void aFileThatIsReplacedIsForItsOwnerAlone() throws Exception {
        spool.directory().create();
        spool.directory().replace("child", bytes("old"));
        spool.directory().replace("child", bytes("secret"));

        assertThat(directory.resolve("child")).hasContent("secret");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("child"))))
                .isEqualTo("rw-------");
        assertThat(directory.toFile().list()).containsExactly("child");
    }

    @Test
    void whatIsAboutToReplaceAFileIsNotClearedAway() throws Exception {
        spool.directory().create();
        Path now = Files.writeString(directory.resolve(Spool.REPLACEMENT + "now"), "a decision");
        Path abandoned = Files.writeString(directory.resolve(Spool.REPLACEMENT + "abandoned"), "a decision");
        Files.setLastModifiedTime(abandoned, FileTime.from(Instant.now().minusSeconds(120)));
        Path report = Files.writeString(directory.resolve(Spool.TEMPORARY + "x"), "half a report");

        spool.clear();

        assertThat(now).exists();
        assertThat(abandoned).doesNotExist();
        assertThat(report).doesNotExist();
    }

    @Test
    void aDecisionIsKeptWhileSomebodyClearsTheSpool() throws Exception {
        AtomicBoolean enough = new AtomicBoolean();
        Thread clearing = new Thread(() -> {
            while (!enough.get()) {
                spool.clear();
            }
        });
        spool.directory().create();
        clearing.start();
        try {
            for (int i = 0; i < 200; i++) {
                spool.directory().replaceForGood("consent", bytes("no " + i));
                assertThat(spool.directory().read("consent")).isEqualTo(bytes("no " + i));
            }
        } finally {
            enough.set(true);
            clearing.join();
        }
    }

    @Test
    void theOldestLeaveWhenThereAreTooManyAndAreCountedOnce() throws Exception {
        for (int i = 0; i < 25; i++) {
            int waiting = spool.store(bytes("r" + i), NOW + i, 20);
            assertThat(waiting).isEqualTo(Math.min(i + 1, 20));
        }

        assertThat(texts()).hasSize(20).startsWith("r5").endsWith("r24");
        assertThat(spool.takeDropped()).isEqualTo(5);
        assertThat(spool.takeDropped()).isZero();
    }

    @Test
    void aDamagedReportIsNeverTakenAndIsSetAside() throws Exception {
        spool.store(bytes("good"), NOW, Spool.LIMIT);
        SpoolName name = spool.names().get(0);
        Files.write(directory.resolve(name.toString()), bytes("goof"));

        assertThat(spool.read(name)).isNull();
        assertThat(spool.names()).hasSize(1);
        assertThat(spool.take(name)).isNull();
        assertThat(spool.names()).isEmpty();
        assertThat(directory.resolve("damaged").resolve(name.toString())).exists();
    }

    @Test
    void onlyTheLastTwentyDamagedReportsAreKept() throws Exception {
        for (int i = 0; i < 25; i++) {
            spool.store(bytes("r" + i), NOW + i, Spool.LIMIT);
            spool.setAside(spool.names().get(0));
        }

        assertThat(directory.resolve("damaged").toFile().list()).hasSize(20);
        assertThat(spool.names()).isEmpty();
    }

    @Test
    void whatIsNotAReportOfOursIsPassedOver() throws Exception {
        spool.store(bytes("ours"), NOW, Spool.LIMIT);
        Files.writeString(directory.resolve("report_1700000000_005.txt"), "of an older program");
        Files.writeString(directory.resolve("notes.txt"), "a user's");
        String link = SpoolName.of(NOW, Ids.next(), bytes("secret")).toString();
        Files.createSymbolicLink(directory.resolve(link), Files.writeString(temporary.resolve("secret"), "secret"));
        Files.createDirectory(
                directory.resolve(SpoolName.of(NOW, Ids.next(), bytes("")).toString()));

        assertThat(spool.names().stream()
                        .map(spool::take)
                        .filter(report -> report != null)
                        .map(Report::text))
                .containsExactly("ours");
    }

    @Test
    void sweepingRemovesWhatIsTooOldUnlessTheClockCannotBeTrusted() throws Exception {
        spool.store(bytes("old"), NOW - Duration.ofDays(22).toMillis(), Spool.LIMIT);
        spool.store(bytes("new"), NOW - Duration.ofDays(20).toMillis(), Spool.LIMIT);

        spool.sweep(NOW, false);
        assertThat(texts()).containsExactly("old", "new");

        spool.sweep(NOW, true);
        assertThat(texts()).containsExactly("new");
        assertThat(spool.takeDropped()).isEqualTo(1);
    }

    @Test
    void sweepingKeepsTheNewestTenMebibytes() throws Exception {
        byte[] large = new byte[60 * 1024];
        for (int i = 0; i < 200; i++) {
            spool.store(large, NOW + i, Spool.LIMIT);
        }

        spool.sweep(NOW, true);

        assertThat(spool.names()).hasSize(10 * 1024 / 60);
        assertThat(spool.names().get(spool.names().size() - 1).millis()).isEqualTo(NOW + 199);
    }

    @Test
    void sweepingRemovesWhatACrashLeftHalfWritten() throws Exception {
        spool.store(bytes("a"), NOW, Spool.LIMIT);
        Path half = Files.writeString(directory.resolve(Spool.TEMPORARY + "x"), "half");

        spool.sweep(half.toFile().lastModified() + 1000, true);
        assertThat(half).exists();

        spool.sweep(half.toFile().lastModified() + Duration.ofHours(2).toMillis(), true);
        assertThat(half).doesNotExist();
    }

    @Test
    void aDirectoryThatIsALinkOrOpenToOthersOrAFileIsRefused() throws Exception {
        Files.createDirectories(directory);
        assertThat(new SpoolDirectory(directory.toFile()).fault()).isNull();

        Path link = Files.createSymbolicLink(temporary.resolve("link"), directory);
        assertThat(new SpoolDirectory(link.toFile()).fault()).contains("symbolic link");

        Path file = Files.createFile(temporary.resolve("file"));
        assertThat(new SpoolDirectory(file.toFile()).fault()).contains("not a directory");

        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwx---"));
        assertThat(new SpoolDirectory(directory.toFile()).fault()).contains("written by other users");

        assertThat(new SpoolDirectory(null).fault()).contains("no home");
        assertThat(new SpoolDirectory(null).list()).isEmpty();
        assertThat(new Spool(new SpoolDirectory(null)).journal()).isEmpty();
    }

    @Test
    void aDirectoryOfAnotherUserIsRefused() throws Exception {
        assumeTrue(System.getProperty("user.name").equals("root"), "only root can give a directory away");
        Files.createDirectories(directory);
        Files.setOwner(
                directory,
                directory.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));

        assertThat(new SpoolDirectory(directory.toFile()).fault()).contains("belongs to nobody");
    }

    private List<String> texts() {
        return spool.names().stream().map(spool::read).map(Report::text).toList();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
