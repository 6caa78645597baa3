package org.usagestats.core;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * A directory that remembers each change to it, and can show what a power cut may have left of them.
 *
 * <p>Names and contents are apart, as on a disk: a name refers to a file, whose content has a length. A change of names is a
 * new name, a rename or a deletion. What was synced is there; of the rest the caller chooses which changes of
 * names reached the disk and how much of each content did. Folders are not modelled: one is there when a file is in it.
 */
class CrashDisk implements Directory {

    /** What may have become of the part of a file that was not synced. */
    enum Loss {
        NONE,
        ALL,
        ALL_BUT_A_BYTE,
        HALF,
        A_BYTE,
        ZEROS;

        byte[] of(byte[] content, int synced) {
            int written = content.length - synced;
            if (written == 0) {
                return content;
            }
            return switch (this) {
                case NONE -> content;
                case ALL -> Arrays.copyOf(content, synced);
                case ALL_BUT_A_BYTE -> Arrays.copyOf(content, synced + 1);
                case HALF -> Arrays.copyOf(content, synced + written / 2);
                case A_BYTE -> Arrays.copyOf(content, synced + written - 1);
                case ZEROS -> Arrays.copyOf(Arrays.copyOf(content, synced), content.length);
            };
        }
    }

    /** Kinds of changes. */
    enum Kind {
        NAMED,
        WRITTEN,
        RENAMED,
        DELETED,
        SYNCED
    }

    /**
     * One change.
     *
     * @param kind what was done
     * @param name to which file, by its path
     * @param to its new name after a rename, else its old
     * @param file the number of the file
     * @param length how long the file is from now on
     */
    record Change(Kind kind, String name, String to, int file, int length) {

        /** The folder of a path, empty for the top. */
        static String folder(String path) {
            return path.substring(0, Math.max(0, path.indexOf('/')));
        }

        boolean isOfNames() {
            return kind != Kind.WRITTEN && kind != Kind.SYNCED;
        }
    }

    private final Directory live;
    private final String prefix;
    private final List<Change> changes;
    private final List<ByteArrayOutputStream> contents;
    private final Map<String, Integer> names;

    CrashDisk() {
        this(new MemoryDirectory(), "", new ArrayList<>(), new ArrayList<>(), new HashMap<>());
    }

    private CrashDisk(
            Directory live,
            String prefix,
            List<Change> changes,
            List<ByteArrayOutputStream> contents,
            Map<String, Integer> names) {
        this.live = live;
        this.prefix = prefix;
        this.changes = changes;
        this.contents = contents;
        this.names = names;
    }

    List<Change> changes() {
        return changes;
    }

    /**
     * What a power cut may leave of the first changes.
     *
     * @param survivors which changes of names reached the disk: for a change i, bit 2i that its old name is gone, bit 2i + 1
     *     that its new one is there
     * @param count how many changes were made
     * @param losses what became of each file, by its number
     */
    Directory left(BitSet survivors, int count, Loss[] losses) throws IOException {
        Map<String, Integer> there = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            Change change = changes.get(i);
            if (change.isOfNames() && change.kind() != Kind.NAMED && survivors.get(2 * i)) {
                there.remove(change.name(), change.file());
            }
            if (change.isOfNames() && change.kind() != Kind.DELETED && survivors.get(2 * i + 1)) {
                there.put(change.to(), change.file());
            }
        }
        int[] lengths = lengths(count, Kind.WRITTEN);
        int[] synced = lengths(count, Kind.SYNCED);
        Directory left = new MemoryDirectory();
        for (Map.Entry<String, Integer> name : there.entrySet()) {
            int file = name.getValue();
            byte[] whole = Arrays.copyOf(contents.get(file).toByteArray(), lengths[file]);
            byte[] content = losses[file].of(whole, synced[file]);
            left.append(surviving(name.getKey(), content), content);
        }
        return left;
    }

    /** The name under which what is left of a file is found. */
    String surviving(String name, byte[] content) {
        return name;
    }

    /** The files that would be there, were nothing lost, and of which something may be. */
    int[] endangered(int count) {
        Map<String, Integer> there = new TreeMap<>();
        for (Change change : changes.subList(0, count)) {
            if (change.isOfNames()) {
                there.remove(change.name(), change.file());
                if (change.kind() != Kind.DELETED) {
                    there.put(change.to(), change.file());
                }
            }
        }
        int[] lengths = lengths(count, Kind.WRITTEN);
        int[] synced = lengths(count, Kind.SYNCED);
        return there.values().stream()
                .mapToInt(file -> file)
                .filter(file -> lengths[file] > synced[file])
                .toArray();
    }

    /** How many of the first changes are safe in each folder, by the last sync there. */
    Map<String, Integer> synced(int count) {
        Map<String, Integer> synced = new HashMap<>();
        for (int i = 0; i < count; i++) {
            Change change = changes.get(i);
            synced.putIfAbsent(Change.folder(change.name()), 0);
            synced.putIfAbsent(Change.folder(change.to()), 0);
            if (change.kind() == Kind.SYNCED) {
                synced.put(Change.folder(change.name()), i);
            }
        }
        return synced;
    }

    Loss[] nothingLost() {
        return IntStream.range(0, contents.size()).mapToObj(file -> Loss.NONE).toArray(Loss[]::new);
    }

    private int[] lengths(int count, Kind kind) {
        int[] lengths = new int[contents.size()];
        for (Change change : changes.subList(0, count)) {
            if (change.kind() == kind) {
                lengths[change.file()] = change.length();
            }
        }
        return lengths;
    }

    private void note(Kind kind, String name, String to) {
        int file = Objects.requireNonNull(names.get(prefix + name));
        changes.add(new Change(
                kind, prefix + name, prefix + to, file, contents.get(file).size()));
    }

    private void named(String name) {
        if (names.get(prefix + name) == null) {
            names.put(prefix + name, contents.size());
            contents.add(new ByteArrayOutputStream());
            note(Kind.NAMED, name, name);
        }
    }

    @Override
    public String fault() {
        return live.fault();
    }

    @Override
    public void create() throws IOException {
        live.create();
    }

    @Override
    public Directory folder(String name) {
        return new CrashDisk(live.folder(name), prefix + name + "/", changes, contents, names);
    }

    @Override
    public String[] unsorted() {
        return live.unsorted();
    }

    @Override
    public boolean exists(String name) {
        return live.exists(name);
    }

    @Override
    public long size(String name) {
        return live.size(name);
    }

    @Override
    public long modified(String name) {
        return live.modified(name);
    }

    @Override
    public InputStream open(String name) throws IOException {
        return live.open(name);
    }

    @Override
    public void append(String name, byte[] content) throws IOException {
        named(name);
        contents.get(names.get(prefix + name)).writeBytes(content);
        note(Kind.WRITTEN, name, name);
        live.append(name, content);
    }

    @Override
    public void touch(String name, long now) throws IOException {
        named(name);
        live.touch(name, now);
    }

    @Override
    public boolean rename(String name, String to) {
        if (!live.rename(name, to)) {
            return false;
        }
        note(Kind.RENAMED, name, to);
        names.put(prefix + to, Objects.requireNonNull(names.remove(prefix + name)));
        return true;
    }

    @Override
    public boolean delete(String name) {
        if (!live.delete(name)) {
            return false;
        }
        note(Kind.DELETED, name, name);
        names.remove(prefix + name);
        return true;
    }

    @Override
    public void sync(String name) {
        if (names.containsKey(prefix + name)) {
            note(Kind.SYNCED, name, name);
        }
    }

    @Override
    public DrainLock tryLock() throws IOException {
        return live.tryLock();
    }
}
