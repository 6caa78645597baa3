package org.usagestats.sink.jsonl;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/**
 * By what the reports of one segment are recognised, 16 bytes each, in a file that is derived from it.
 *
 * <p>It consists of {@linkplain Block blocks} of 255 pairs of hashes: which report it is, and what it says. The last block
 * has, in place of them, what they were made from, and their number: a file that was not written to its end has none.
 */
final class IdFile implements Closeable {

    private static final long MAGIC = 0x757374_696473_0001L;

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

        /** Says how many are going to be handed out, if that is known. */
        default void expect(long reports) {}
    }

    /** Writes a new file. */
    static final class Writing implements Taker, Closeable {

        private final Disk disk;
        private final FileChannel file;
        private final ByteBuffer block = ByteBuffer.allocateDirect(Block.BYTES);
        private long reports;

        Writing(Disk disk, Path path) throws IOException {
            this.disk = disk;
            this.file = disk.create(path);
        }

        @Override
        public void take(long identity, long content) throws IOException {
            block.putLong(identity).putLong(content);
            reports++;
            if (block.position() == Block.FULL) {
                Block.write(disk, file, block);
            }
        }

        /** Says that these were all, and returns when the disk has confirmed them. */
        void finish(Origin origin) throws IOException {
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
            if (file.size() != (Block.count(reports) + 1) * Block.BYTES) {
                throw new IOException("some ids are missing");
            }
            return new IdFile(file, block, reports);
        } catch (IOException unusable) {
            file.close();
            throw unusable;
        }
    }

    /**
     * Hands out what was written.
     *
     * @throws IOException if the file is damaged; what was handed out before is right
     */
    void forEach(Taker taker) throws IOException {
        taker.expect(reports);
        long left = reports;
        for (long number = 0; left > 0; number++) {
            Block.read(file, number, block);
            for (int i = 0; i < Block.PAIRS && left > 0; i++, left--) {
                taker.take(block.getLong(), block.getLong());
            }
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
