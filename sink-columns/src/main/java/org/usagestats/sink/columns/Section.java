package org.usagestats.sink.columns;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/**
 * Where in a file some bytes stand.
 *
 * @param offset where they begin
 * @param length how many they are
 * @param checksum their CRC-32C
 */
record Section(long offset, int length, int checksum) {

    static Section from(ByteBuffer list) {
        return new Section(list.getLong(), list.getInt(), list.getInt());
    }

    ByteBuffer read(FileChannel file) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            if (file.read(bytes, offset + bytes.position()) < 0) {
                throw new EOFException("the file is cut short");
            }
        }
        if (checksumOf(bytes.flip()) != checksum) {
            throw new IOException("the file is damaged");
        }
        return bytes;
    }

    ByteBuffer read(Path path) throws UnreadableColumnsException {
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
            return read(file);
        } catch (IOException unreadable) {
            throw new UnreadableColumnsException(path, unreadable);
        }
    }

    /** The CRC-32C of what is to be read. */
    static int checksumOf(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.duplicate());
        return (int) crc.getValue();
    }
}
