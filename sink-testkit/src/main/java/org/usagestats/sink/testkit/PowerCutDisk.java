package org.usagestats.sink.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;

/**
 * A disk that remembers each change to it, and can show what a power cut after any of them may leave: what was synced is
 * there, of the rest the names and the bytes that chance lets survive. A rename is there wholly or not at all; a directory,
 * once made, is always there. Many threads may use it at once.
 */
public class PowerCutDisk extends FaultyDisk {

    /** Kinds of changes. */
    private enum Kind {
        NAMED,
        WRITTEN,
        SYNCED,
        RENAMED,
        DELETED,
        NAMES_SYNCED
    }

    /**
     * One change.
     *
     * @param path which file, or which directory's names
     * @param to its new name after a rename, else its old
     * @param file its number
     * @param length how long it is from now on
     */
    private record Change(Kind kind, Path path, Path to, int file, int length) {}

    private final Path root;
    private final List<Change> changes = new ArrayList<>();
    private final List<Path> directories = new ArrayList<>();
    private final List<ByteArrayOutputStream> contents = new ArrayList<>();
    private final Map<Path, Integer> names = new HashMap<>();
    private final Map<FileChannel, Integer> open = new HashMap<>();

    /**
     * Creates a disk to which nothing was done yet.
     *
     * @param root the directory below which all is
     */
    public PowerCutDisk(Path root) {
        this.root = root;
    }

    /**
     * How many changes there were.
     *
     * @return their number; a sync is one
     */
    public synchronized int changes() {
        return changes.size();
    }

    @Override
    public synchronized void createDirectory(Path directory) throws IOException {
        super.createDirectory(directory);
        directories.add(directory);
    }

    @Override
    public synchronized FileChannel create(Path file) throws IOException {
        FileChannel channel = super.create(file);
        contents.add(new ByteArrayOutputStream());
        names.put(file, contents.size() - 1);
        open.put(channel, contents.size() - 1);
        note(Kind.NAMED, file, file, contents.size() - 1);
        return channel;
    }

    @Override
    public synchronized FileChannel open(Path file) throws IOException {
        FileChannel channel = super.open(file);
        open.put(channel, number(file));
        return channel;
    }

    @Override
    public synchronized void write(FileChannel file, ByteBuffer bytes) throws IOException {
        ByteBuffer written = bytes.duplicate();
        try {
            super.write(file, bytes);
        } finally {
            byte[] part = new byte[bytes.position() - written.position()];
            written.get(part);
            contents.get(number(file)).writeBytes(part);
            note(Kind.WRITTEN, root, root, number(file));
        }
    }

    @Override
    public void truncate(FileChannel file, long length) {
        throw new AssertionError("nothing is cut where nothing failed");
    }

    @Override
    public synchronized void sync(FileChannel file) throws IOException {
        super.sync(file);
        note(Kind.SYNCED, root, root, number(file));
    }

    @Override
    public synchronized void link(Path file, Path name) throws IOException {
        super.link(file, name);
        int linked = number(file);
        names.put(name, linked);
        note(Kind.NAMED, name, name, linked);
    }

    @Override
    public synchronized void replace(Path file, Path other) throws IOException {
        super.replace(file, other);
        int moved = number(file);
        names.remove(file);
        names.put(other, moved);
        note(Kind.RENAMED, file, other, moved);
    }

    @Override
    public synchronized void delete(Path file) throws IOException {
        super.delete(file);
        Integer deleted = names.remove(file);
        if (deleted != null) {
            note(Kind.DELETED, file, file, deleted);
        }
    }

    @Override
    public synchronized void syncDirectory(Path directory) throws IOException {
        super.syncDirectory(directory);
        changes.add(new Change(Kind.NAMES_SYNCED, directory, directory, 0, 0));
    }

    private int number(FileChannel file) {
        return Objects.requireNonNull(open.get(file), "another disk's channel");
    }

    private int number(Path name) {
        return Objects.requireNonNull(names.get(name), () -> name + " was not made by this disk");
    }

    private void note(Kind kind, Path path, Path to, int file) {
        changes.add(new Change(kind, path, to, file, contents.get(file).size()));
    }

    /**
     * Tells whether the files are what was noted, so that nothing was written past this disk.
     *
     * @return whether each file that is there holds what was written to it
     * @throws IOException if one could not be read
     */
    public synchronized boolean isFaithful() throws IOException {
        for (Map.Entry<Path, Integer> name : names.entrySet()) {
            byte[] noted = contents.get(name.getValue()).toByteArray();
            if (Files.exists(name.getKey()) && !Arrays.equals(noted, Files.readAllBytes(name.getKey()))) {
                return false;
            }
        }
        return true;
    }

    /**
     * Lays out what a power cut may leave.
     *
     * @param count after how many changes the power goes
     * @param chance decides what survives of that which was not synced
     * @param to the directory that becomes the root then
     * @throws IOException if it could not be laid out
     */
    public synchronized void left(int count, Random chance, Path to) throws IOException {
        for (Path directory : directories) {
            Files.createDirectories(to.resolve(root.relativize(directory)));
        }
        int luck = chance.nextInt(4);
        byte[][] survivors = new byte[contents.size()][];
        for (int file = 0; file < survivors.length; file++) {
            survivors[file] = surviving(file, count, luck, chance);
        }
        for (Map.Entry<Path, Integer> name : namesLeft(count, luck, chance).entrySet()) {
            Files.write(to.resolve(root.relativize(name.getKey())), survivors[name.getValue()]);
        }
    }

    /** The names whose changes were synced, and of the changes after that all, none, or some. */
    private Map<Path, Integer> namesLeft(int count, int luck, Random chance) {
        Map<Path, Integer> left = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            Change change = changes.get(i);
            boolean ofNames = change.kind == Kind.NAMED || change.kind == Kind.RENAMED || change.kind == Kind.DELETED;
            if (ofNames && (isSynced(change.to, i, count) || survives(luck, chance))) {
                left.remove(change.path, change.file);
                if (change.kind != Kind.DELETED) {
                    left.put(change.to, change.file);
                }
            }
        }
        return left;
    }

    private boolean isSynced(Path name, int from, int count) {
        return changes.subList(from, count).stream()
                .anyMatch(change -> change.kind == Kind.NAMES_SYNCED && change.path.equals(name.getParent()));
    }

    private byte[] surviving(int file, int count, int luck, Random chance) {
        int synced = 0;
        int written = 0;
        for (Change change : changes.subList(0, count)) {
            if (change.file == file && change.kind == Kind.WRITTEN) {
                written = change.length;
            } else if (change.file == file && change.kind == Kind.SYNCED) {
                synced = change.length;
            }
        }
        byte[] whole = Arrays.copyOf(contents.get(file).toByteArray(), written);
        if (survives(luck, chance)) {
            return whole;
        }
        byte[] torn = Arrays.copyOf(whole, luck == 0 ? synced : synced + chance.nextInt(written - synced + 1));
        if (luck == 3) {
            // Some file systems keep the length and not the bytes.
            return Arrays.copyOf(Arrays.copyOf(torn, synced), written);
        }
        return torn;
    }

    /** 0: nothing that was not synced; 1: all of it; else some. */
    private static boolean survives(int luck, Random chance) {
        return luck == 1 || (luck > 1 && chance.nextBoolean());
    }
}
