package org.usagestats.sink.jsonl;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.usagestats.sink.kit.Disk;

/** Writes at the end of a file, which it leaves open. */
final class DiskOutput extends OutputStream {

    private final Disk disk;
    private final FileChannel file;

    DiskOutput(Disk disk, FileChannel file) {
        this.disk = disk;
        this.file = file;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        disk.write(file, ByteBuffer.wrap(bytes, offset, length));
    }
}
