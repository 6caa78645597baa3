package org.usagestats.server.http;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Inflates gzip (RFC 1952), of one member with nothing after it, and checks both of its checksums.
 *
 * <p>(Java's own stream passes over whatever follows the member.)
 */
final class GzipMember implements AutoCloseable {

    private static final short MAGIC = (short) 0x8b1f;
    private static final byte DEFLATE = 8;
    private static final int AFTER_FLAGS = 6;
    private static final int TRAILER = 8;

    private static final int HEADER_CRC = 0x02;
    private static final int EXTRA = 0x04;
    private static final int NAME = 0x08;
    private static final int COMMENT = 0x10;
    private static final int RESERVED = 0xe0;

    private final ByteBuffer member;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 crc = new CRC32();

    private GzipMember(ByteBuffer afterHeader) {
        this.member = afterHeader;
        inflater.setInput(member);
    }

    /**
     * Reads the header.
     *
     * @throws Refusal if it is not that of gzip
     */
    static GzipMember of(byte[] bytes) throws Refusal {
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        try {
            skipHeader(in);
        } catch (BufferUnderflowException endsInHeader) {
            throw invalid("it ends too early");
        }
        return new GzipMember(in);
    }

    /**
     * Inflates the next bytes.
     *
     * @return how many, possibly 0, or -1 after the last
     * @throws Refusal if the member is damaged or ends too early, or something follows it
     */
    int read(byte[] into, int offset, int length) throws Refusal {
        if (inflater.finished()) {
            return -1;
        }
        int read = inflate(into, offset, length);
        crc.update(into, offset, read);
        if (inflater.finished()) {
            requireTrailer();
        } else if (read == 0) {
            throw invalid("it ends too early");
        }
        return read;
    }

    @Override
    public void close() {
        inflater.end();
    }

    private static void skipHeader(ByteBuffer in) throws Refusal {
        if (in.getShort() != MAGIC || in.get() != DEFLATE) {
            throw invalid("it does not begin as gzip does");
        }
        int flags = in.get();
        skip(in, AFTER_FLAGS);
        if ((flags & EXTRA) != 0) {
            skip(in, Short.toUnsignedInt(in.getShort()));
        }
        if ((flags & NAME) != 0) {
            skipText(in);
        }
        if ((flags & COMMENT) != 0) {
            skipText(in);
        }
        if ((flags & RESERVED) != 0 || ((flags & HEADER_CRC) != 0 && !hasHeaderCrc(in))) {
            throw invalid("it is damaged");
        }
    }

    private static void skip(ByteBuffer in, int bytes) {
        if (in.remaining() < bytes) {
            throw new BufferUnderflowException();
        }
        in.position(in.position() + bytes);
    }

    private static void skipText(ByteBuffer in) {
        byte next = in.get();
        while (next != 0) {
            next = in.get();
        }
    }

    private static boolean hasHeaderCrc(ByteBuffer in) {
        CRC32 header = new CRC32();
        header.update(in.duplicate().flip());
        return in.getShort() == (short) header.getValue();
    }

    private int inflate(byte[] into, int offset, int length) throws Refusal {
        try {
            return inflater.inflate(into, offset, length);
        } catch (DataFormatException damaged) {
            throw invalid("it is damaged");
        }
    }

    private void requireTrailer() throws Refusal {
        if (member.remaining() < TRAILER) {
            throw invalid("it ends too early");
        }
        if (member.getInt() != (int) crc.getValue() || member.getInt() != (int) inflater.getBytesWritten()) {
            throw invalid("it is damaged");
        }
        if (member.hasRemaining()) {
            throw invalid("nothing follows its one member");
        }
    }

    private static Refusal invalid(String why) {
        return Refusal.ofReport(400, "invalid gzip", why);
    }
}
