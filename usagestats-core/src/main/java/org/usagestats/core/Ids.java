package org.usagestats.core;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.SecureRandom;
import java.util.UUID;

/**
 * Makes random ids (RFC 9562, version 4).
 *
 * <p>The bytes come from the operating system where it offers them as a file: the first use of {@code SecureRandom} costs a
 * short program about 15 ms.
 */
final class Ids {

    private static final String RANDOM_FILE = "/dev/urandom";

    private Ids() {}

    static UUID next() {
        return version4(random(16));
    }

    /** So many bytes that nobody can guess. */
    static byte[] random(int length) {
        byte[] random = new byte[length];
        if (!readRandomFile(random)) {
            new SecureRandom().nextBytes(random);
        }
        return random;
    }

    private static boolean readRandomFile(byte[] random) {
        try (InputStream source = new FileInputStream(RANDOM_FILE)) {
            return source.readNBytes(random, 0, random.length) == random.length;
        } catch (IOException absent) {
            return false;
        }
    }

    private static UUID version4(byte[] random) {
        random[6] = (byte) ((random[6] & 0x0f) | 0x40);
        random[8] = (byte) ((random[8] & 0x3f) | 0x80);
        return new UUID(bigEndian(random, 0), bigEndian(random, 8));
    }

    private static long bigEndian(byte[] bytes, int from) {
        long value = 0;
        for (int i = from; i < from + Long.BYTES; i++) {
            value = (value << 8) | (bytes[i] & 0xff);
        }
        return value;
    }
}
