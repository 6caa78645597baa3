package org.usagestats.sink.jsonl;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.zip.CRC32C;
import org.usagestats.sink.kit.Disk;

/**
 * What derived files consist of: 4 KiB with 255 pairs of 64-bit numbers, 12 bytes that are zero, and the CRC-32C of all
 * before. Numbers are big-endian.
 */
final class Block {

    static final int BYTES = 4096;
    static final int PAIRS = 255;

    /** Where a block that is full of pairs ends. */
    static final int FULL = PAIRS * 2 * Long.BYTES;

    private static final int CHECKSUM_AT = BYTES - Integer.BYTES;

    private Block() {}

    /** How many blocks so many pairs fill. */
    static long count(long pairs) {
        return (pairs + PAIRS - 1) / PAIRS;
    }

    /** Tells whether a file has as many blocks as so many pairs fill and one more, and nothing else. */
    static boolean isFilled(FileChannel file, long pairs) throws IOException {
        long bytes = file.size();
        return pairs >= 0 && bytes % BYTES == 0 && bytes / BYTES - 1 == count(pairs);
    }

    /**
     * Adds a block to a file.
     *
     * @param block written up to its position; empty afterwards
     */
    static void write(Disk disk, FileChannel file, ByteBuffer block) throws IOException {
        while (block.position() < CHECKSUM_AT) {
            block.put((byte) 0);
        }
        block.putInt(checksum(block));
        disk.write(file, block.flip());
        block.clear();
    }

    /**
     * Reads a block of a file.
     *
     * @param block takes it, from its beginning
     * @throws IOException if the file is too short or the block is damaged
     */
    static ByteBuffer read(FileChannel file, long number, ByteBuffer block) throws IOException {
        block.clear();
        while (block.hasRemaining()) {
            if (file.read(block, number * BYTES + block.position()) < 0) {
                throw new EOFException("the file is cut short");
            }
        }
        if (block.getInt(CHECKSUM_AT) != checksum(block)) {
            throw new IOException("the file is damaged");
        }
        return block.rewind();
    }

    private static int checksum(ByteBuffer block) {
        CRC32C crc = new CRC32C();
        crc.update(block.duplicate().rewind().limit(CHECKSUM_AT));
        return (int) crc.getValue();
    }
}
