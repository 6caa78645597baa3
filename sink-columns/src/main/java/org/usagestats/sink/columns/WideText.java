package org.usagestats.sink.columns;

import java.nio.charset.StandardCharsets;

/** Text with halves of surrogate pairs, which JSON can write and UTF-8 cannot: two bytes for each UTF-16 unit. */
final class WideText {

    private WideText() {}

    /** Tells whether a text's UTF-8 is not the whole of it. */
    static boolean isNeeded(String text, byte[] utf8) {
        return hasSurrogates(text) && !new String(utf8, StandardCharsets.UTF_8).equals(text);
    }

    private static boolean hasSurrogates(String text) {
        return text.chars().anyMatch(unit -> Character.isSurrogate((char) unit));
    }

    static byte[] encode(String text) {
        byte[] bytes = new byte[2 * text.length()];
        for (int i = 0; i < text.length(); i++) {
            bytes[2 * i] = (byte) (text.charAt(i) >>> Byte.SIZE);
            bytes[2 * i + 1] = (byte) text.charAt(i);
        }
        return bytes;
    }

    static String decode(byte[] bytes, int from, int to) {
        StringBuilder text = new StringBuilder((to - from) / 2);
        for (int i = from; i < to; i += 2) {
            text.append((char) (((bytes[i] & 0xff) << Byte.SIZE) | (bytes[i + 1] & 0xff)));
        }
        return text.toString();
    }
}
