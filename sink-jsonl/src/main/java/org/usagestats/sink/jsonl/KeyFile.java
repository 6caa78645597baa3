package org.usagestats.sink.jsonl;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import org.usagestats.sink.kit.Disk;
import org.usagestats.sink.kit.EraseKey;

/**
 * The sorted keys of the reports of one segment, in a file that is derived from it.
 *
 * <p>It consists of {@linkplain Block blocks} of 255 keys. The first has, in place of keys, a magic number, the length and
 * the time of change of the segment that the keys are of, and the number of keys. To find a key reads as many blocks as
 * halving takes.
 */
final class KeyFile implements Closeable {

    private static final long MAGIC = 0x757374_6b657973_01L;

    private final FileChannel file;
    private final long keys;

    private KeyFile(FileChannel file, long keys) {
        this.file = file;
        this.keys = keys;
    }

    /**
     * A segment as it was when something was derived from it.
     *
     * @param bytes its length
     * @param changed when it was changed last, in milliseconds since the Unix epoch
     */
    record Version(long bytes, long changed) {

        static Version of(Path segment) throws IOException {
            BasicFileAttributes now = Files.readAttributes(segment, BasicFileAttributes.class);
            return new Version(now.size(), now.lastModifiedTime().toMillis());
        }
    }

    /** Writes a new file. */
    static void write(Disk disk, Path path, Version version, SortedSet<EraseKey> keys) throws IOException {
        ByteBuffer block = ByteBuffer.allocate(Block.BYTES);
        try (FileChannel file = disk.create(path)) {
            block.putLong(MAGIC).putLong(version.bytes).putLong(version.changed).putLong(keys.size());
            Block.write(disk, file, block);
            for (EraseKey key : keys) {
                block.putLong(key.upper()).putLong(key.lower());
                if (block.position() == Block.FULL) {
                    Block.write(disk, file, block);
                }
            }
            if (block.position() > 0) {
                Block.write(disk, file, block);
            }
        }
    }

    /**
     * Opens a file.
     *
     * @throws IOException if there is none, it is damaged, or it is of another version of the segment
     */
    static KeyFile open(Path path, Version version) throws IOException {
        FileChannel file = FileChannel.open(path, StandardOpenOption.READ);
        try {
            ByteBuffer head = Block.read(file, 0, ByteBuffer.allocate(Block.BYTES));
            if (head.getLong() != MAGIC || head.getLong() != version.bytes || head.getLong() != version.changed) {
                throw new IOException("these keys are of another segment");
            }
            long keys = head.getLong();
            if (!Block.isFilled(file, keys)) {
                throw new IOException("some keys are missing");
            }
            return new KeyFile(file, keys);
        } catch (IOException unusable) {
            file.close();
            throw unusable;
        }
    }

    /**
     * Finds keys.
     *
     * @param wanted sorted, each once
     * @return those of them that are there
     * @throws IOException if the file is damaged
     */
    Set<EraseKey> find(List<EraseKey> wanted) throws IOException {
        Set<EraseKey> found = new HashSet<>();
        find(wanted, 0, Block.count(keys), found);
        return found;
    }

    private void find(List<EraseKey> wanted, long first, long end, Set<EraseKey> found) throws IOException {
        if (wanted.isEmpty() || first == end) {
            return;
        }
        long middle = (first + end) >>> 1;
        EraseKey[] here = keysOf(middle);
        int from = place(wanted, here[0]);
        int to = place(wanted, here[here.length - 1]);
        if (to < from) {
            throw new IOException("the keys are not in their order");
        }
        find(wanted.subList(0, from), first, middle, found);
        find(wanted.subList(to, wanted.size()), middle + 1, end, found);
        for (EraseKey key : wanted.subList(from, Math.min(to + 1, wanted.size()))) {
            if (Arrays.binarySearch(here, key) >= 0) {
                found.add(key);
            }
        }
    }

    /** How many of the wanted are less than a key. */
    private static int place(List<EraseKey> wanted, EraseKey key) {
        int at = Collections.binarySearch(wanted, key);
        return at < 0 ? -at - 1 : at;
    }

    private EraseKey[] keysOf(long block) throws IOException {
        ByteBuffer bytes = Block.read(file, block + 1, ByteBuffer.allocate(Block.BYTES));
        EraseKey[] here = new EraseKey[(int) Math.min(Block.PAIRS, keys - block * Block.PAIRS)];
        for (int i = 0; i < here.length; i++) {
            here[i] = new EraseKey(bytes.getLong(), bytes.getLong());
        }
        return here;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
