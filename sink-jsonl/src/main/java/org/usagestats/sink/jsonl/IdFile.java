package org.usagestats.sink.jsonl;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import org.usagestats.sink.kit.Disk;

/**
 * By what the reports of one segment are recognised, 16 bytes each, in a file that is derived from it.
 *
 * <p>It consists of {@linkplain Block blocks} of 255 pairs of hashes: which report it is, and what it says. The last block
 * has, in place of them, what they were made from, and their number: a file that was not written to its end has none.
 *
 * <p>The pairs are in the order of the first as unsigned numbers, which is the one in which a window takes them fastest;
 * beyond 262,144 the order begins again, so that writing takes little memory however long the segment is.
 */
final class IdFile implements Closeable {

    private static final long MAGIC = 0x757374_696473_0002L;

    private final FileChannel file;
    private final ByteBuffer block;
    private final long reports;

    private IdFile(FileChannel file, ByteBuffer block, long reports) {
        this.file = file;
        this.block = block;
        this.reports = reports;
    }

    /**
     * What a file is made from.
     *
     * @param key tells the key of the hashes from others
     * @param segment the segment's length and time of change
     * @param ending the CRC-32C of the segment's last 64 KiB, which is where a power cut after a sync that failed, and of
     *     which nobody was told, could take something without changing the length
     */
    record Origin(long key, KeyFile.Version segment, int ending) {

        private static final int ENDING_BYTES = 1 << 16;

        static Origin of(long key, Path segment) throws IOException {
            KeyFile.Version version = KeyFile.Version.of(segment);
            try (FileChannel file = FileChannel.open(segment, StandardOpenOption.READ)) {
                return new Origin(key, version, ending(file));
            }
        }

        private static int ending(FileChannel file) throws IOException {
            ByteBuffer bytes = ByteBuffer.allocate(ENDING_BYTES);
            long from = Math.max(0, file.size() - ENDING_BYTES);
            int read = 0;
            while (read >= 0 && bytes.hasRemaining()) {
                read = file.read(bytes, from + bytes.position());
            }
            CRC32C crc = new CRC32C();
            crc.update(bytes.flip());
            return (int) crc.getValue();
        }

        /** The same for what is the same. */
        byte[] bytes() {
            return ByteBuffer.allocate(3 * Long.BYTES + Integer.BYTES)
                    .putLong(key)
                    .putLong(segment.bytes())
                    .putLong(segment.changed())
                    .putInt(ending)
                    .array();
        }

        private void putTo(ByteBuffer block) {
            block.putLong(MAGIC).putLong(key).putLong(segment.bytes()).putLong(segment.changed());
            block.putLong(ending);
        }

        private boolean isIn(ByteBuffer block) {
            return block.getLong() == MAGIC
                    && block.getLong() == key
                    && block.getLong() == segment.bytes()
                    && block.getLong() == segment.changed()
                    && block.getLong() == ending;
        }
    }

    /** Takes the hashes of a report. */
    interface Taker {
        void take(long identity, long content) throws IOException;
    }

    /** Writes a new file. */
    static final class Writing implements Taker, Closeable {

        private static final int IN_ORDER = 1 << 18;

        private record Pair(long identity, long content) {}

        private final Disk disk;
        private final FileChannel file;
        private final ByteBuffer block = ByteBuffer.allocateDirect(Block.BYTES);
        private final List<Pair> pairs = new ArrayList<>();
        private long reports;

        Writing(Disk disk, Path path) throws IOException {
            this.disk = disk;
            this.file = disk.create(path);
        }

        @Override
        public void take(long identity, long content) throws IOException {
            pairs.add(new Pair(identity, content));
            reports++;
            if (pairs.size() == IN_ORDER) {
                writeInOrder();
            }
        }

        private void writeInOrder() throws IOException {
            pairs.sort((one, other) -> Long.compareUnsigned(one.identity, other.identity));
            for (Pair pair : pairs) {
                block.putLong(pair.identity).putLong(pair.content);
                if (block.position() == Block.FULL) {
                    Block.write(disk, file, block);
                }
            }
            pairs.clear();
        }

        /** Says that these were all, and returns when the disk has confirmed them. */
        void finish(Origin origin) throws IOException {
            writeInOrder();
            if (block.position() > 0) {
                Block.write(disk, file, block);
            }
            origin.putTo(block);
            block.putLong(reports);
            Block.write(disk, file, block);
            disk.sync(file);
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }

    /**
     * Opens a file.
     *
     * @throws IOException if there is none, it is damaged, or it is made from something else
     */
    static IdFile open(Path path, Origin origin) throws IOException {
        FileChannel file = FileChannel.open(path, StandardOpenOption.READ);
        try {
            ByteBuffer block = ByteBuffer.allocateDirect(Block.BYTES);
            long blocks = file.size() / Block.BYTES;
            if (blocks == 0 || !origin.isIn(Block.read(file, blocks - 1, block))) {
                throw new IOException("these ids are of another segment");
            }
            long reports = block.getLong();
            if (!Block.isFilled(file, reports)) {
                throw new IOException("some ids are missing");
            }
            return new IdFile(file, block, reports);
        } catch (IOException unusable) {
            file.close();
            throw unusable;
        }
    }

    /** How many reports it has. */
    long reports() {
        return reports;
    }

    /**
     * Hands out what was written, some pairs of hashes at a time.
     *
     * @throws IOException if the file is damaged; what was handed out before is right
     */
    void forEach(Consumer<LongBuffer> taker) throws IOException {
        long left = reports;
        for (long number = 0; left > 0; number++) {
            int pairs = (int) Math.min(Block.PAIRS, left);
            taker.accept(Block.read(file, number, block).asLongBuffer().limit(2 * pairs));
            left -= pairs;
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
