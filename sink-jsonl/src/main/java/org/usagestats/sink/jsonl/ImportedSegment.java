package org.usagestats.sink.jsonl;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.HexFormat;
import org.usagestats.sink.kit.Disk;

/** A segment that an import makes, aside until it is whole. Its file is open only while it is written to: there may be many. */
final class ImportedSegment {

    /** Whatever the settings, since the same reports must always make the same segments. */
    private static final long MAX_BYTES = 64L << 20;

    private final LocalDate day;
    private final Path file;
    private final MessageDigest digest = sha256();
    private long length;
    private long reports;

    ImportedSegment(LocalDate day, Path file) {
        this.day = day;
        this.file = file;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    LocalDate day() {
        return day;
    }

    /** Where it lies aside. */
    Path file() {
        return file;
    }

    long reports() {
        return reports;
    }

    boolean isFull() {
        return length >= MAX_BYTES;
    }

    /** Takes note of the next line. */
    void count(byte[] line) {
        digest.update(line);
        length += line.length;
        reports++;
    }

    /** Writes lines at its end. */
    void write(Disk disk, ByteBuffer lines) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            disk.write(channel, lines);
        }
    }

    void sync(Disk disk) throws IOException {
        try (FileChannel channel = disk.open(file)) {
            disk.sync(channel);
        }
    }

    /** The segment that it is to be: its name is the first half of the hash of its lines. Asked for once. */
    Segment named() {
        return Segment.imported(day, HexFormat.of().formatHex(digest.digest(), 0, 16));
    }
}
