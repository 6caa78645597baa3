package org.usagestats.core;

import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.usagestats.api.Report;

/**
 * The reports on this machine that no collector has acknowledged yet: one directory, one file a report.
 *
 * <p>Any number of processes write at once and need no lock, since each report has a name of its own. What is removed to
 * keep the spool within its bounds is counted, a byte each in the file {@code dropped}, until a report carries the count.
 */
final class Spool {

    /** What a file is called while it is written. */
    static final String TEMPORARY = ".tmp-";

    /** How many reports may wait. */
    static final int LIMIT = 500;

    private static final long MAX_REPORT_BYTES = 128 * 1024;
    private static final long MAX_BYTES = 10 * 1024 * 1024;
    /** The first moment of 2026. */
    private static final long MADE_MILLIS = 1_767_225_600_000L;

    private static final long MAX_AGE_MILLIS = 21L * 24 * 60 * 60 * 1000;
    private static final long TEMPORARY_AGE_MILLIS = 60L * 60 * 1000;
    private static final int MAX_DAMAGED = 20;
    private static final int MAX_SENT = 100;
    private static final long MAX_SENT_BYTES = 1024 * 1024;

    private final SpoolDirectory directory;

    Spool(SpoolDirectory directory) {
        this.directory = directory;
    }

    SpoolDirectory directory() {
        return directory;
    }

    File file(String name) {
        return directory.file(name);
    }

    /** Keeps a report, and of all reports the newest {@code limit}. Returns how many wait now. */
    int store(byte[] content, long now, int limit) throws IOException {
        directory.create();
        String id = Ids.next();
        File temporary = file(TEMPORARY + id);
        try {
            SmallFile.write(temporary, content);
            if (!temporary.renameTo(file(SpoolName.of(now, id, content).toString()))) {
                throw new IOException("the report's file could not be renamed");
            }
        } catch (IOException failed) {
            SmallFile.delete(temporary);
            throw failed;
        }
        return trim(limit);
    }

    /** Whether the user wants to be forgotten, and no collector has promised it yet. */
    boolean isForgetting() {
        return file("forget").exists() || file("forgetting").exists();
    }

    /** How many reports were dropped that no report has told of yet. */
    long dropped() {
        return file("dropped").length();
    }

    /** Whether nothing is here that withdrawing consent must remove. */
    boolean isClear() {
        return names().isEmpty() && !file("sent").exists();
    }

    /** The names of the waiting reports, oldest first. */
    List<SpoolName> names() {
        List<SpoolName> names = new ArrayList<>();
        for (String text : directory.list()) {
            SpoolName name = text.startsWith(SpoolName.PREFIX) ? SpoolName.parse(text) : null;
            if (name != null) {
                names.add(name);
            }
        }
        return names;
    }

    /** Reads a waiting report, or returns null if it is gone, cannot be read, or is not what was written. */
    @Nullable
    Report read(SpoolName name) {
        byte[] content = content(name);
        return content != null && name.fits(content) ? Report.of(name.id(), content) : null;
    }

    /** Reads a waiting report as {@link #read} does, and sets it aside if it is not what was written. */
    @Nullable
    Report take(SpoolName name) {
        byte[] content = content(name);
        if (content == null) {
            return null;
        }
        if (!name.fits(content)) {
            DebugLog.say("the waiting report " + name + " is damaged and was set aside");
            setAside(name);
            return null;
        }
        return Report.of(name.id(), content);
    }

    private byte @Nullable [] content(SpoolName name) {
        File file = file(name.toString());
        if (!Files.isRegularFile(file.toPath(), LinkOption.NOFOLLOW_LINKS)) {
            return null;
        }
        try {
            return file.length() > MAX_REPORT_BYTES ? new byte[0] : SmallFile.read(file);
        } catch (IOException unreadable) {
            DebugLog.say("the waiting report " + name + " cannot be read: " + unreadable);
            return null;
        }
    }

    void remove(SpoolName name) {
        SmallFile.delete(file(name.toString()));
    }

    /** Moves a report that was acknowledged to {@code sent}, the journal, which keeps the newest. */
    void moveToJournal(SpoolName name) {
        move(name, "sent");
        trim(sent(), MAX_SENT, MAX_SENT_BYTES);
    }

    /** Moves a report that can never be delivered to {@code damaged}, which keeps the last few. */
    void setAside(SpoolName name) {
        move(name, "damaged");
        trim(damaged(), MAX_DAMAGED, MAX_BYTES);
    }

    /** The acknowledged reports that are kept to be shown. */
    List<Report> journal() {
        return new Spool(sent()).reports();
    }

    /** The waiting reports, oldest first, as far as they are what was written. */
    List<Report> reports() {
        List<Report> reports = new ArrayList<>();
        for (SpoolName name : names()) {
            Report report = read(name);
            if (report != null) {
                reports.add(report);
            }
        }
        return reports;
    }

    private void move(SpoolName name, String folder) {
        file(folder).mkdir();
        if (!file(name.toString()).renameTo(new File(file(folder), name.toString()))) {
            remove(name);
        }
    }

    private static void trim(SpoolDirectory folder, int limit, long maxBytes) {
        String[] kept = folder.list();
        long bytes = 0;
        for (int i = kept.length - 1; i >= 0; i--) {
            bytes += folder.file(kept[i]).length();
            if (kept.length - i > limit || bytes > maxBytes) {
                SmallFile.delete(folder.file(kept[i]));
            }
        }
    }

    /** Removes what is too much or too old, and what a crash left half written. */
    void sweep(long now, boolean clockIsPlausible) {
        trim(LIMIT);
        List<SpoolName> names = names();
        long bytes = 0;
        for (int i = names.size() - 1; i >= 0; i--) {
            SpoolName name = names.get(i);
            bytes += file(name.toString()).length();
            if (bytes > MAX_BYTES || (clockIsPlausible && isTooOld(name, now))) {
                drop(name);
            }
        }
        for (String text : directory.list()) {
            File file = file(text);
            if (text.startsWith(TEMPORARY) && now - file.lastModified() > TEMPORARY_AGE_MILLIS) {
                SmallFile.delete(file);
            }
        }
    }

    /** Whether a report is too old; what bears a date from before this library was made has it from a wrong clock. */
    private static boolean isTooOld(SpoolName name, long now) {
        return name.millis() > MADE_MILLIS && now - name.millis() > MAX_AGE_MILLIS;
    }

    /** Removes every waiting report, and what else tells of them. */
    void clearReports() {
        for (SpoolName name : names()) {
            remove(name);
        }
        empty(damaged());
        SmallFile.delete(file("damaged"));
        SmallFile.delete(file("dropped"));
    }

    /** Removes every report, waiting or sent, and what else the drains of them left. */
    void clear() {
        clearReports();
        for (String name : directory.list()) {
            if (name.startsWith(TEMPORARY) || name.startsWith(Rhythm.FILE)) {
                SmallFile.delete(file(name));
            }
        }
        empty(sent());
        SmallFile.delete(file("sent"));
        SmallFile.delete(file(DrainState.FILE));
        SmallFile.delete(file(ChildFile.FILE));
    }

    private static void empty(SpoolDirectory folder) {
        for (String name : folder.list()) {
            SmallFile.delete(folder.file(name));
        }
    }

    /** Takes the number of reports dropped since it was last taken; each is told by one report only. */
    long takeDropped() {
        File dropped = file("dropped");
        if (dropped.length() == 0) {
            return 0;
        }
        File taken = file(TEMPORARY + Ids.next());
        if (!dropped.renameTo(taken)) {
            return 0;
        }
        long count = taken.length();
        SmallFile.delete(taken);
        return count;
    }

    private SpoolDirectory sent() {
        return new SpoolDirectory(file("sent"));
    }

    private SpoolDirectory damaged() {
        return new SpoolDirectory(file("damaged"));
    }

    private int trim(int limit) {
        int count = 0;
        for (String name : directory.unsorted()) {
            if (name.startsWith(SpoolName.PREFIX)) {
                count++;
            }
        }
        if (count <= limit) {
            return count;
        }
        List<SpoolName> names = names();
        for (int i = 0; i < names.size() - limit; i++) {
            drop(names.get(i));
        }
        return Math.min(names.size(), limit);
    }

    private void drop(SpoolName name) {
        if (!SmallFile.delete(file(name.toString()))) {
            return;
        }
        try (OutputStream dropped = new FileOutputStream(file("dropped"), true)) {
            dropped.write('.');
        } catch (IOException uncounted) {
            DebugLog.say("a report was dropped and could not be counted: " + uncounted);
        }
    }
}
