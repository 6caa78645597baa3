package org.usagestats.sink.jsonl;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Where the files of a log lie.
 *
 * @param root the directory that all its collectors share
 */
record Layout(Path root) {

    private static final String DAY = "dt=";

    /** The directory of all that is not a segment. */
    Path aside() {
        return root.resolve("_usagestats");
    }

    /** The directory of what was found behind the last whole line of a segment. */
    Path quarantine() {
        return aside().resolve("quarantine");
    }

    /** The directory of what is to be erased. */
    Path erasures() {
        return aside().resolve("erasures");
    }

    /** The lists of what is to be erased, oldest first. */
    List<Path> eraseLists() throws IOException {
        List<Path> lists = list(erasures(), name -> name.endsWith(".list"));
        Collections.sort(lists);
        return lists;
    }

    /** The directory of what an import has not finished. */
    Path imports() {
        return aside().resolve("imports");
    }

    /** The file whose lock gives the right to rewrite segments that are sealed. */
    Path eraseLock() throws IOException {
        return erasures().toRealPath().resolve("lock");
    }

    /** The file whose lock is held while an instance runs. */
    Path instanceLock(String instance) throws IOException {
        return aside().toRealPath().resolve(instance + ".lock");
    }

    /** The directory of what is derived from segments. */
    Path derived() {
        return aside().resolve("derived");
    }

    /** Deletes what is derived from a segment. */
    void deleteDerived(Segment segment) throws IOException {
        Files.deleteIfExists(ids(segment));
        Files.deleteIfExists(keys(segment));
        Files.deleteIfExists(columns(segment));
    }

    /** Deletes what was just derived from a segment if that was deleted meanwhile, and nobody else would delete it. */
    void deleteOrphans(Segment segment) throws IOException {
        if (!exists(segment)) {
            deleteDerived(segment);
        }
    }

    /** What is derived from a segment that is sealed: the keys of its reports that may be erased. */
    Path keys(Segment segment) {
        return derived().resolve(segment.day() + "." + segment.name() + ".keys");
    }

    /** What is derived from a segment that is sealed: by what its reports are recognised. */
    Path ids(Segment segment) {
        return derived().resolve(segment.day() + "." + segment.name() + ".ids");
    }

    /** What is derived from a segment that is sealed: its reports by columns. */
    Path columns(Segment segment) {
        return derived().resolve(segment.day() + "." + segment.name() + ".columns");
    }

    /** The key under which reports are recognised. */
    Path idKey() {
        return derived().resolve("ids.key");
    }

    /** What was set aside from segments. */
    List<Path> quarantined() throws IOException {
        return list(quarantine(), name -> name.endsWith(".tail"));
    }

    /** The directory of a day. */
    Path directory(LocalDate day) {
        return root.resolve(DAY + day);
    }

    /** Where a segment is while it is written, and until it is compressed. */
    Path file(Segment segment) {
        return directory(segment.day()).resolve(segment.name());
    }

    /** Where a segment is once it is compressed. */
    Path compressed(Segment segment) {
        return directory(segment.day()).resolve(segment.name() + Form.GZIP.suffix());
    }

    /** The file that a segment is: the plain one as long as it is there. */
    Path found(Segment segment) {
        Path plain = file(segment);
        return isThere(plain) ? plain : compressed(segment);
    }

    /** Tells whether a segment is there, plain or compressed. */
    boolean exists(Segment segment) {
        return isThere(file(segment)) || isThere(compressed(segment));
    }

    /** Unlike that of {@link Files} it makes no exception of a file that is not there, as most plain ones may be. */
    private static boolean isThere(Path file) {
        return file.toFile().exists();
    }

    /** Looks at the file of a segment. */
    interface Look<T> {
        T at(Path file) throws IOException;
    }

    /**
     * Looks at the file that a segment is, also if it is compressed at this moment.
     *
     * @throws NoSuchFileException if the segment is not there
     */
    <T> T look(Segment segment, Look<T> look) throws IOException {
        try {
            return look.at(found(segment));
        } catch (NoSuchFileException compressedMeanwhile) {
            return look.at(compressed(segment));
        }
    }

    /** The segments that a crash has left plain and compressed. */
    List<Segment> twins() throws IOException {
        return segments().stream()
                .filter(segment -> isThere(file(segment)) && isThere(compressed(segment)))
                .toList();
    }

    /** All segments there are, in their order. */
    List<Segment> segments() throws IOException {
        List<Segment> segments = new ArrayList<>();
        for (LocalDate day : days()) {
            segments.addAll(segments(day));
        }
        return segments;
    }

    /** The days that have a directory, in their order. */
    List<LocalDate> days() throws IOException {
        List<LocalDate> days = new ArrayList<>();
        for (Path directory : list(root, name -> name.startsWith(DAY))) {
            dayOf(directory).ifPresent(days::add);
        }
        Collections.sort(days);
        return days;
    }

    /**
     * The segments of a day, in their order, whether plain or compressed. Looks twice: what is compressed during a look may be
     * seen as neither.
     */
    List<Segment> segments(LocalDate day) throws IOException {
        Set<Segment> segments = new TreeSet<>();
        for (int looks = 0; looks < 2; looks++) {
            for (Path file : list(directory(day), Layout::isSegment)) {
                segments.add(Segment.in(day, file));
            }
        }
        return new ArrayList<>(segments);
    }

    private static Optional<LocalDate> dayOf(Path directory) {
        try {
            return Optional.of(
                    LocalDate.parse(directory.getFileName().toString().substring(DAY.length())));
        } catch (DateTimeException notOurs) {
            return Optional.empty();
        }
    }

    private static boolean isSegment(String name) {
        return name.endsWith(".jsonl") || name.endsWith(".jsonl.gz");
    }

    private static List<Path> list(Path directory, Predicate<String> name) throws IOException {
        List<Path> paths = new ArrayList<>();
        if (Files.isDirectory(directory)) {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
                for (Path entry : entries) {
                    if (name.test(entry.getFileName().toString())) {
                        paths.add(entry);
                    }
                }
            } catch (NoSuchFileException deleted) {
                return List.of();
            } catch (DirectoryIteratorException failed) {
                throw failed.getCause();
            }
        }
        return paths;
    }
}
