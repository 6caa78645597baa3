package org.usagestats.sink.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.usagestats.sink.ReportTail;
import org.usagestats.sink.ReportTaker;

/** Reads the newest reports of a directory, then those that are added: the names that were not there the last time. */
final class DirectoryTail implements ReportTail {

    /** A directory that changed so lately may change again without its time telling it. */
    private static final Duration TOO_LATE_TO_TELL = Duration.ofSeconds(2);

    private final Path directory;
    private final ReportReader reader;
    private final int newest;
    private Set<ReportName> known = Set.of();
    private FileTime changed = FileTime.fromMillis(0);
    private boolean begun;

    DirectoryTail(Path directory, int newest) {
        this.directory = directory;
        this.reader = new ReportReader(directory);
        this.newest = newest;
    }

    @Override
    public void read(ReportTaker taker) throws IOException {
        Instant now = Instant.now();
        FileTime change = Files.getLastModifiedTime(directory);
        if (begun && change.equals(changed)) {
            return;
        }
        List<ReportName> names = reader.names();
        List<ReportName> added = added(names);
        known = new HashSet<>(names);
        changed = change.toInstant().isBefore(now.minus(TOO_LATE_TO_TELL)) ? change : FileTime.fromMillis(0);
        begun = true;
        for (ReportName name : added) {
            reader.read(name, taker);
        }
    }

    private List<ReportName> added(List<ReportName> names) {
        if (!begun) {
            return names.subList(Math.max(0, names.size() - newest), names.size());
        }
        List<ReportName> added = new ArrayList<>(names);
        added.removeIf(known::contains);
        return added;
    }

    @Override
    public void close() {}
}
