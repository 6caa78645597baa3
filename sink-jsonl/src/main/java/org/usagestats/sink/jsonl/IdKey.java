package org.usagestats.sink.jsonl;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.usagestats.sink.kit.Disk;
import org.usagestats.sink.kit.IdWindow;

/**
 * The key under which the collectors of a directory recognise reports, in a file with its CRC-32C. If it is deleted or
 * damaged, another is drawn, and all that was derived under the old one is made anew.
 */
final class IdKey {

    private static final System.Logger LOG = System.getLogger("org.usagestats.sink.jsonl");

    private IdKey() {}

    /** Reads the key, or draws and keeps one. */
    static byte[] of(Settings settings, Disk disk) {
        Path file = settings.layout().idKey();
        try {
            return read(file);
        } catch (NoSuchFileException none) {
            return draw(settings, disk);
        } catch (IOException unusable) {
            LOG.log(Level.WARNING, "{0} is made anew: {1}", file, Failure.reason(unusable));
            return draw(settings, disk);
        }
    }

    private static byte[] read(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        byte[] key = Arrays.copyOf(bytes, IdWindow.KEY_BYTES);
        if (!Arrays.equals(bytes, withChecksum(key))) {
            throw new IOException("the file is damaged");
        }
        return key;
    }

    private static byte[] draw(Settings settings, Disk disk) {
        byte[] key = IdWindow.randomKey();
        Path file = settings.layout().idKey();
        Path unfinished = file.resolveSibling(settings.instance() + ".key.tmp");
        try {
            disk.createDirectory(settings.layout().derived());
            Files.deleteIfExists(unfinished);
            try (FileChannel channel = disk.create(unfinished)) {
                disk.write(channel, ByteBuffer.wrap(withChecksum(key)));
                disk.sync(channel);
            }
            disk.replace(unfinished, file);
            disk.syncDirectory(settings.layout().derived());
        } catch (IOException notKept) {
            LOG.log(Level.WARNING, "{0} is not there to save time: {1}", file, Failure.reason(notKept));
        }
        return key;
    }

    private static byte[] withChecksum(byte[] key) {
        CRC32C crc = new CRC32C();
        crc.update(key);
        return ByteBuffer.allocate(key.length + Integer.BYTES)
                .put(key)
                .putInt((int) crc.getValue())
                .array();
    }
}
