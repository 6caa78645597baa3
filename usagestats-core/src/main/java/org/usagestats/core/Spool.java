package org.usagestats.core;

import java.io.IOException;
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

    /** Begins the name of what is about to take another file's place, such as that of a decision. */
    static final String REPLACEMENT = TEMPORARY + "of-";

    /** How many reports may wait. */
    static final int LIMIT = 500;

    private static final long MAX_BYTES = 10 * 1024 * 1024;
    /** The first moment of 2026. */
    private static final long MADE_MILLIS = 1_767_225_600_000L;

    private static final long MAX_AGE_MILLIS = 21L * 24 * 60 * 60 * 1000;
    private static final long TEMPORARY_AGE_MILLIS = 60L * 60 * 1000;
    private static final long REPLACING_MILLIS = 60L * 1000;
    private static final int MAX_DAMAGED = 20;
    private static final int MAX_SENT = 100;
    private static final long MAX_SENT_BYTES = 1024 * 1024;

    private static final String SENT = "sent";
    private static final String DAMAGED = "damaged";
    private static final String DROPPED = "dropped";

    /** How many reports are written before those that wait are counted again, while few do. */
    private static final int UNCOUNTED = 16;

    private final Directory directory;

    /** How many reports waited when they were last counted; many, if they were not yet. */
    private int counted = LIMIT;

    private int written;

    Spool(Directory directory) {
        this.directory = directory;
    }

    Directory directory() {
        return directory;
    }

    /** Keeps a report, and of all reports about the newest {@code limit}. Returns about how many wait now. */
    int store(byte[] content, long now, int limit) throws IOException {
        directory.create();
        String id = Ids.next();
        String temporary = TEMPORARY + id;
        try {
            directory.append(temporary, content);
            if (!directory.rename(temporary, SpoolName.of(now, id, content).toString())) {
                throw new IOException("the report's file could not be renamed");
            }
        } catch (IOException failed) {
            directory.delete(temporary);
            throw failed;
        }
        return countWritten(limit);
    }

    /**
     * Counts a report in, and removes what is too much. While fewer than half as many wait as may, a number as of some reports
     * ago serves: a listing of the directory takes longer than what else keeping a report does.
     */
    private synchronized int countWritten(int limit) {
        written++;
        if (written == UNCOUNTED || counted + written >= limit / 2) {
            counted = trim(limit);
            written = 0;
        }
        return counted + written;
    }

    /** Whether the user wants to be forgotten, and no collector has promised it yet. */
    boolean isForgetting() {
        return directory.exists(Erasures.WISH) || directory.exists(Erasures.FORGETTING);
    }

    /** How many reports were dropped that no report has told of yet. */
    long dropped() {
        return directory.size(DROPPED);
    }

    /** Whether nothing is here that withdrawing consent must remove. */
    boolean isClear() {
        return names().isEmpty() && !directory.exists(SENT);
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
        try {
            boolean tooLarge = directory.size(name.toString()) > Directory.LIMIT;
            return tooLarge ? new byte[0] : directory.read(name.toString());
        } catch (IOException unreadable) {
            DebugLog.say("the waiting report " + name + " cannot be read: " + unreadable);
            return null;
        }
    }

    void remove(SpoolName name) {
        directory.delete(name.toString());
    }

    /** Moves a report that was acknowledged to {@code sent}, the journal, which keeps the newest. */
    void moveToJournal(SpoolName name) {
        move(name, SENT);
        trim(directory.folder(SENT), MAX_SENT, MAX_SENT_BYTES);
    }

    /** Moves a report that can never be delivered to {@code damaged}, which keeps the last few. */
    void setAside(SpoolName name) {
        move(name, DAMAGED);
        trim(directory.folder(DAMAGED), MAX_DAMAGED, MAX_BYTES);
    }

    /** The acknowledged reports that are kept to be shown. */
    List<Report> journal() {
        return new Spool(directory.folder(SENT)).reports();
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
        try {
            directory.folder(folder).create();
        } catch (IOException full) {
            DebugLog.say("the folder " + folder + " cannot be created: " + full);
        }
        if (!directory.rename(name.toString(), folder + "/" + name)) {
            remove(name);
        }
    }

    private static void trim(Directory folder, int limit, long maxBytes) {
        String[] kept = folder.list();
        long bytes = 0;
        for (int i = kept.length - 1; i >= 0; i--) {
            bytes += folder.size(kept[i]);
            if (kept.length - i > limit || bytes > maxBytes) {
                folder.delete(kept[i]);
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
            bytes += directory.size(name.toString());
            if (bytes > MAX_BYTES || (clockIsPlausible && isTooOld(name, now))) {
                drop(name);
            }
        }
        for (String name : directory.list()) {
            if (name.startsWith(TEMPORARY) && now - directory.modified(name) > TEMPORARY_AGE_MILLIS) {
                directory.delete(name);
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
        remove(DAMAGED);
        directory.delete(DROPPED);
    }

    /** Removes every report, waiting or sent, and what else the drains of them left. */
    void clear() {
        clearReports();
        for (String name : directory.list()) {
            boolean temporary = name.startsWith(TEMPORARY) && !isReplacing(name);
            if (temporary || name.startsWith(Rhythm.FILE)) {
                directory.delete(name);
            }
        }
        remove(SENT);
        directory.delete(DrainState.FILE);
        directory.delete(ChildFile.FILE);
    }

    /** Whether somebody may be about to rename a file: the decision to send nothing must not be cleared away with the reports. */
    private boolean isReplacing(String name) {
        return name.startsWith(REPLACEMENT)
                && Math.abs(System.currentTimeMillis() - directory.modified(name)) < REPLACING_MILLIS;
    }

    /** Deletes a folder with all that is in it. */
    private void remove(String folder) {
        for (String name : directory.folder(folder).list()) {
            directory.folder(folder).delete(name);
        }
        directory.delete(folder);
    }

    /** Takes the number of reports dropped since it was last taken; each is told by one report only. */
    long takeDropped() {
        if (directory.size(DROPPED) == 0) {
            return 0;
        }
        String taken = TEMPORARY + Ids.next();
        if (!directory.rename(DROPPED, taken)) {
            return 0;
        }
        long count = directory.size(taken);
        directory.delete(taken);
        return count;
    }

    private int trim(int limit) {
        int count = 0;
        for (String name : directory.unsorted()) {
            if (name.startsWith(SpoolName.PREFIX)) {
                count++;
            }
        }
        if (count <= limit && !directory.isFull()) {
            return count;
        }
        List<SpoolName> names = names();
        int left = names.size();
        while (left > 0 && (left > limit || directory.isFull())) {
            drop(names.get(names.size() - left--));
        }
        return left;
    }

    private void drop(SpoolName name) {
        if (!directory.delete(name.toString())) {
            return;
        }
        try {
            directory.append(DROPPED, new byte[] {'.'});
        } catch (IOException uncounted) {
            DebugLog.say("a report was dropped and could not be counted: " + uncounted);
        }
    }
}
