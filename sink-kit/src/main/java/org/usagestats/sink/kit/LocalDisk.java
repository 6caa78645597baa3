package org.usagestats.sink.kit;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** The disk of this machine; those that extend it do something besides, or fail. */
public class LocalDisk implements Disk {

    /** Windows makes names durable by itself and opens no directory. */
    private static final boolean DIRECTORIES_SYNC = File.separatorChar == '/';

    /** Creates the disk. */
    public LocalDisk() {}

    @Override
    public void createDirectory(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            return;
        }
        Path parent = directory.toAbsolutePath().getParent();
        if (parent == null || Files.exists(directory)) {
            throw new IOException(directory + " is not a directory");
        }
        createDirectory(parent);
        try {
            Files.createDirectories(directory);
        } catch (IOException refused) {
            throw new IOException("cannot make the directory " + directory + ": " + refused, refused);
        }
        syncDirectory(parent);
    }

    @Override
    public FileChannel create(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.APPEND);
    }

    @Override
    public FileChannel open(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    @Override
    public void write(FileChannel file, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            file.write(bytes);
        }
    }

    @Override
    public void truncate(FileChannel file, long length) throws IOException {
        file.truncate(length);
    }

    @Override
    public void sync(FileChannel file) throws IOException {
        file.force(false);
    }

    @Override
    public void link(Path file, Path name) throws IOException {
        Files.createLink(name, file);
    }

    @Override
    public void replace(Path file, Path other) throws IOException {
        Files.move(file, other, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void delete(Path file) throws IOException {
        Files.deleteIfExists(file);
    }

    @Override
    public void syncDirectory(Path directory) throws IOException {
        if (DIRECTORIES_SYNC) {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }
}
