package org.usagestats.core;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.SecureRandom;

/**
 * Makes random ids (RFC 9562, version 4) as text.
 *
 * <p>The bytes come from the operating system where it offers them as a file: the first use of {@code SecureRandom} costs a
 * short program about 15 ms, and the first {@code UUID} written as text another 4.
 */
final class Ids {

    private static final int LENGTH = 36;
    private static final String RANDOM_FILE = "/dev/urandom";

    private Ids() {}

    static String next() {
        byte[] random = random(16);
        random[6] = (byte) ((random[6] & 0x0f) | 0x40);
        random[8] = (byte) ((random[8] & 0x3f) | 0x80);
        StringBuilder text = new StringBuilder(LENGTH);
        for (int i = 0; i < random.length; i++) {
            if (i == 4 || i == 6 || i == 8 || i == 10) {
                text.append('-');
            }
            text.append(Character.forDigit((random[i] >> 4) & 0xf, 16)).append(Character.forDigit(random[i] & 0xf, 16));
        }
        return text.toString();
    }

    /** Whether a text is an id as {@link #next} writes it. */
    static boolean isId(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean isHyphen = i == 8 || i == 13 || i == 18 || i == 23;
            if (isHyphen ? c != '-' : !isDigit(c)) {
                return false;
            }
        }
        return text.length() == LENGTH;
    }

    private static boolean isDigit(char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
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
}
