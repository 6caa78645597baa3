package org.usagestats.sink.files;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.usagestats.sink.ReportTaker;
import org.usagestats.sink.ReportTaker.Place;
import org.usagestats.sink.kit.EraseKey;
import org.usagestats.sink.kit.IdWindow;

/** Reads the reports of a directory, oldest first. */
final class ReportReader {

    /** Takes the canonical JSON of one report after the other. */
    interface Taker {
        void take(byte[] json) throws IOException;
    }

    /** More than the clock of any file system may lag behind. */
    private static final Duration COARSE = Duration.ofSeconds(3);

    private final Path directory;

    ReportReader(Path directory) {
        this.directory = directory;
    }

    /**
     * Reads all reports.
     *
     * @return how many files are damaged or no reports at all; one that is erased meanwhile is neither
     */
    long readAll(Taker taker) throws IOException {
        List<ReportName> names = new ArrayList<>();
        long damaged = list(names).size();
        for (ReportName name : names) {
            Optional<byte[]> json = content(name).flatMap(FileFormat.of(name.format())::canonicalJson);
            if (json.isPresent()) {
                taker.take(json.get());
            } else if (Files.exists(file(name), LinkOption.NOFOLLOW_LINKS)) {
                damaged++;
            }
        }
        return damaged;
    }

    /**
     * Names what is in the directory, by when a file last came to it or went. Within seconds of that there is no name: another
     * file could come at what is the same moment to the file system. That somebody changes a report in its place is not noticed.
     */
    Optional<String> position() throws IOException {
        FileTime changed = Files.getLastModifiedTime(directory);
        return changed.toInstant().plus(COARSE).isBefore(Instant.now())
                ? Optional.of(Long.toString(changed.to(TimeUnit.NANOSECONDS)))
                : Optional.empty();
    }

    /** Hands over all reports, and tells of each file that is damaged or no report at all. */
    void readAll(ReportTaker taker) throws IOException {
        List<ReportName> names = new ArrayList<>();
        for (String other : list(names)) {
            taker.damage(new Place(other, 0), "not named like a report");
        }
        for (ReportName name : names) {
            read(name, taker);
        }
    }

    /** Hands over one report, or tells that it is damaged; neither if it is gone by now. */
    void read(ReportName name, ReportTaker taker) throws IOException {
        Optional<byte[]> json = content(name).flatMap(FileFormat.of(name.format())::canonicalJson);
        if (json.isPresent()) {
            taker.report(new Place(name.toString(), 0), json.get());
        } else if (Files.exists(file(name), LinkOption.NOFOLLOW_LINKS)) {
            taker.damage(new Place(name.toString(), 0), "not a whole report");
        }
    }

    /** The names of the reports, oldest first. */
    List<ReportName> names() throws IOException {
        List<ReportName> names = new ArrayList<>();
        list(names);
        return names;
    }

    /** Adds all reports that may be erased to what is known of them. */
    void findErasable(ErasableReports erasable) throws IOException {
        for (ReportName name : names()) {
            eraseKey(name).ifPresent(key -> erasable.add(key, name));
        }
    }

    /** What a report is erased by; empty if it cannot be, or is not there. */
    Optional<EraseKey> eraseKey(ReportName name) {
        return content(name).flatMap(FileFormat.of(name.format())::eraseKey);
    }

    /** Adds to a window the reports that were received since some time. */
    void remember(Instant since, IdWindow window) throws IOException {
        for (ReportName name : names()) {
            if (name.millis() >= since.toEpochMilli()) {
                content(name)
                        .flatMap(content -> FileFormat.of(name.format()).fingerprint(content, window))
                        .ifPresent(report -> window.add(report, Instant.ofEpochMilli(name.millis())));
            }
        }
    }

    /** Lists the names of the reports, oldest first, and returns those of the other files. */
    private List<String> list(List<ReportName> names) throws IOException {
        List<String> others = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                String fileName = String.valueOf(file.getFileName());
                Optional<ReportName> name = ReportName.of(fileName);
                name.ifPresent(names::add);
                if (name.isEmpty() && !fileName.startsWith(ReportWriter.TEMPORARY)) {
                    others.add(fileName);
                }
            }
        } catch (DirectoryIteratorException unreadable) {
            throw unreadable.getCause();
        }
        Collections.sort(names);
        Collections.sort(others);
        return others;
    }

    private Path file(ReportName name) {
        return directory.resolve(name.toString());
    }

    /** The content of a report's file; empty if it cannot be read, is gone by now, or is no plain file. */
    Optional<byte[]> content(ReportName name) {
        Path file = file(name);
        try {
            return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                    ? Optional.of(Files.readAllBytes(file))
                    : Optional.empty();
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }
}
