package org.usagestats.benchmarks.load.servers;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A connection of the load to a {@link RawCollector}. */
final class RawConnection {

    private static final byte[] ANSWER = ascii("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nstored");
    private static final byte[] END = ascii("\r\n\r\n");
    private static final byte[] LENGTH = ascii("\r\nContent-Length: ");
    private static final byte[] ID = ascii("\r\nUsagestats-Report-Id: ");
    private static final int ID_LENGTH = 36;

    private final SocketChannel client;
    private final ByteBuffer answer = ByteBuffer.allocateDirect(ANSWER.length).put(ANSWER);
    private final byte[] bytes = new byte[1 << 14];
    private final ByteBuffer received = ByteBuffer.wrap(bytes);
    private final byte[] line = new byte[1 << 15];
    private int length;

    RawConnection(SocketChannel client) {
        this.client = client;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Reads what has arrived; once that is a whole request, adds its line. */
    boolean read(ByteBuffer lines) throws IOException {
        if (client.read(received) < 0) {
            client.close();
            throw new EOFException("the client has gone");
        }
        int filled = received.position();
        int body = find(END, filled) + END.length;
        if (body < END.length || filled < body + number(find(LENGTH, body) + LENGTH.length)) {
            return false;
        }
        write(find(ID, body) + ID.length, body, filled);
        lines.put(line, 0, length);
        received.clear();
        return true;
    }

    void answer() throws IOException {
        client.write(answer.rewind());
    }

    private int find(byte[] what, int end) {
        for (int i = 0; i <= end - what.length; i++) {
            if (bytes[i] == what[0] && Arrays.equals(bytes, i, i + what.length, what, 0, what.length)) {
                return i;
            }
        }
        return -1;
    }

    private int number(int from) {
        int number = 0;
        for (int i = from; bytes[i] >= '0' && bytes[i] <= '9'; i++) {
            number = 10 * number + bytes[i] - '0';
        }
        return number;
    }

    private void write(int id, int from, int to) {
        length = 0;
        put("{\"report_id\":\"");
        System.arraycopy(bytes, id, line, length, ID_LENGTH);
        length += ID_LENGTH;
        boolean inKey = true;
        put("\",\"");
        for (int i = from; i < to; i++) {
            byte next = bytes[i];
            if (next == '\n') {
                put(i == to - 1 ? "\"" : "\",\"");
                inKey = true;
            } else if (next == ':' && inKey) {
                put("\":\"");
                inKey = false;
            } else {
                putEscaped(next);
            }
        }
        put("}\n");
    }

    private void putEscaped(byte next) {
        if (next == '"' || next == '\\') {
            line[length++] = '\\';
        }
        line[length++] = next >= 0 && next < ' ' ? (byte) ' ' : next;
    }

    @SuppressWarnings("deprecation") // The lower bytes of ASCII characters are what is wanted.
    private void put(String ascii) {
        ascii.getBytes(0, ascii.length(), line, length);
        length += ascii.length();
    }
}
