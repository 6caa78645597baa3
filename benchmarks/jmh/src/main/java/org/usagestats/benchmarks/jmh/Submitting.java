package org.usagestats.benchmarks.jmh;

import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.usagestats.api.Note;
import org.usagestats.api.UsageStats;
import org.usagestats.core.UsageStatsClient;

/**
 * Submitting a report while nothing is due, beside encoding it, writing it to a temporary file, and renaming that. No report
 * waits before every {@value #REPORTS}: an hour's worth, for most programs.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class Submitting {

    private static final int REPORTS = 16;
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final List<Note> ownNotes = SampleReport.ownNotes();
    private final List<Note> notes = SampleReport.notes();
    private final Path directory = newDirectory();
    private final UsageStats stats = UsageStatsClient.builder("cool-program", "0.1")
            .dropPoint(URI.create("http://127.0.0.1:9/"))
            .location(directory)
            .transport(new Accepting())
            .open();
    private long name;

    /** Says yes and delivers a report, so that the next delivery is due in an hour. */
    @Setup
    public void deliverOnce() {
        stats.enableReporting();
        stats.submit();
        if (stats.deliver(LIMIT).remaining() > 0) {
            throw new IllegalStateException("nothing was delivered");
        }
    }

    /** Removes the reports. */
    @Setup(Level.Invocation)
    public void empty() {
        for (File file : files(directory.toFile())) {
            if (file.getName().startsWith("report")) {
                file.delete();
            }
        }
    }

    /** Closes what was opened. */
    @TearDown
    public void close() {
        stats.close();
        delete(directory.toFile());
    }

    private static void delete(File file) {
        for (File inside : files(file)) {
            delete(inside);
        }
        file.delete();
    }

    private static File[] files(File directory) {
        File[] files = directory.listFiles();
        return files == null ? new File[0] : files;
    }

    /** Notes and submits as programs do. */
    @Benchmark
    @OperationsPerInvocation(REPORTS)
    public void submit() {
        for (int i = 0; i < REPORTS; i++) {
            for (Note note : ownNotes) {
                stats.note(note.key(), note.value());
            }
            stats.submit();
        }
    }

    /** Does the least that keeps a report. */
    @Benchmark
    @OperationsPerInvocation(REPORTS)
    public void encodeWriteRename() throws IOException {
        for (int i = 0; i < REPORTS; i++) {
            name++;
            File temporary = directory.resolve(".tmp-" + name).toFile();
            try (FileOutputStream out = new FileOutputStream(temporary)) {
                out.write(SampleReport.bareBytes(notes));
            }
            if (!temporary.renameTo(directory.resolve("report-" + name).toFile())) {
                throw new IOException("not renamed: " + temporary);
            }
        }
    }

    private static Path newDirectory() {
        try {
            return Files.createTempDirectory("usagestats-jmh-");
        } catch (IOException failed) {
            throw new IllegalStateException("no directory to submit to", failed);
        }
    }
}
