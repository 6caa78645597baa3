package org.usagestats.core;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.io.TempDir;
import org.usagestats.api.Report;

/** Whatever the files beside the reports hold, the client reads it as what it wrote, or as broken, and works. */
class SpoolFilesFuzzTest {

    private static final URI DROP_POINT = URI.create("https://localhost/");
    private static final UUID ID = new UUID(1, 2);
    private static final long NOW = 1_774_785_600_000L;

    private final Spool spool = new Spool(new MemoryDirectory());

    @TempDir
    Path temporary;

    /** Carriage returns are written as spaces, which end the key of a field. */
    @FuzzTest
    void decisions(byte[] file) {
        ConsentRecord record = ConsentRecord.parse(new String(file, UTF_8).replace('\r', ' '));
        if (record != null) {
            assertThat(ConsentRecord.parse(record.text(NOW))).isEqualTo(record);
        }
    }

    @FuzzTest
    void statesOfDrains(byte[] file) throws IOException {
        spool.directory().replace(DrainState.FILE, file);

        DrainState state = DrainState.read(spool);

        for (int waiting : new int[] {1, 400}) {
            assertThat(UploadSchedule.atMostEvery(Duration.ofHours(1)).next(state, NOW, waiting))
                    .isBetween(NOW, NOW + Duration.ofDays(1).toMillis());
        }
        assertThat(new Backoff(new Random(1)).after(state.failures() + 1, Optional.empty()))
                .isBetween(Duration.ofMillis(1), Duration.ofDays(1));
        state.write(spool);
        assertThat(DrainState.read(spool)).hasToString(state.toString().replace('\r', ' '));
    }

    /** Without carriage returns, which no key that is written may have. */
    @FuzzTest
    void orders(byte[] file) throws IOException {
        byte[] text = new String(file, UTF_8).replace('\r', ' ').getBytes(UTF_8);
        spool.directory().replace(ChildFile.FILE, text);
        ChildFile order;
        try {
            order = ChildFile.read(spool);
        } catch (IOException broken) {
            return;
        }
        order.write(spool);
        assertThat(ChildFile.read(spool).isKept(spool)).isTrue();
    }

    @FuzzTest
    void listsOfWhatCanBeErased(byte[] file) throws IOException {
        Directory erasable = spool.directory().folder("erasable");
        Report report = Report.of(ID, "date:1.000\n".getBytes(UTF_8));
        new Erasures(spool, DROP_POINT).departing(report);
        String list = erasable.list()[0];
        erasable.replace(list, file);

        String hash =
                new Erasures(spool, DROP_POINT).departing(report).eraseHash().orElseThrow();
        Directory forgetting = spool.directory().folder(Erasures.FORGETTING);
        assertThat(spool.directory().rename("erasable/" + list, Erasures.FORGETTING + "/" + list))
                .isTrue();
        try {
            Erasures.Request next = new Erasures(spool, DROP_POINT).next(list);
            if (new String(file, UTF_8).split("key:", -1).length <= 2) {
                assertThat(next.erasures())
                        .extracting(erasure -> erasure.hash())
                        .contains(hash);
            }
        } catch (IOException broken) {
            assertThat(forgetting.list()).contains(list);
        }
    }

    @FuzzTest
    void policies(byte[] file) throws IOException {
        Path path = temporary.resolve("policy");
        Files.write(path, file);

        PolicyFile policy = PolicyFile.read(path.toFile());

        assertThat(policy.on() == null || policy.off() == null).isTrue();
        assertThat(policy.off() == null || policy.off().indexOf('\n') < 0).isTrue();
    }

    /** Takes a name and, behind its line feed, a content. */
    @FuzzTest
    void reports(byte[] nameAndContent) throws IOException {
        String[] parts = new String(nameAndContent, UTF_8).split("\n", 2);
        SpoolName name = SpoolName.parse(parts[0]);
        if (name != null) {
            byte[] content = parts[parts.length - 1].getBytes(UTF_8);
            spool.directory().replace(parts[0], content);
            assertThat(name).hasToString(parts[0]);
            assertThat(SpoolName.parse(SpoolName.of(name.millis(), name.id().toString(), content)
                            .toString()))
                    .isNotNull();
            Report report = spool.take(name);
            assertThat(report == null).isEqualTo(!name.fits(content));
            assertThat(report == null || report.id().equals(name.id())).isTrue();
        }
    }
}
