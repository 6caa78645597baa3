package org.usagestats.server.records;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/** Writes as {@code \\uXXXX} the characters of a text that cannot stand where it goes. */
public final class Escapes {

    /** Control characters, separators of lines and marks of direction. */
    private static final Pattern LEAVES_ITS_LINE =
            Pattern.compile("[[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]&&[\\x{0}-\\x{FFFF}]]");

    /** A code point of this category is half of a pair whose other half is missing. */
    private static final Pattern LONE_SURROGATE = Pattern.compile("\\p{Cs}");

    private Escapes() {}

    /**
     * Escapes what would leave the line, or the direction in which it is read.
     *
     * @param text any text, whoever made it
     * @return the text on one line, for a terminal or a log
     */
    public static String line(String text) {
        return escaped(text, LEAVES_ITS_LINE);
    }

    /**
     * Escapes halves of surrogate pairs, which UTF-8 cannot carry, by the escape that JSON has for them.
     *
     * @param json a JSON text
     * @return the text in UTF-8
     */
    public static byte[] utf8(String json) {
        return escaped(json, LONE_SURROGATE).getBytes(StandardCharsets.UTF_8);
    }

    private static String escaped(String text, Pattern characters) {
        return characters
                .matcher(text)
                .replaceAll(found -> String.format(
                        Locale.ROOT, "\\\\u%04x", (int) found.group().charAt(0)));
    }
}
