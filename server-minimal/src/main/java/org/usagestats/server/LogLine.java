package org.usagestats.server;

/** Writes text so that it stays on its line, whoever made it. */
final class LogLine {

    private LogLine() {}

    /** The text with its control characters, line and paragraph separators and marks of direction as {@code \\uXXXX}. */
    static String escaped(String text) {
        StringBuilder line = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isHarmful(c)) {
                line.append("\\u").append(Character.forDigit(c >> 12, 16)).append(Character.forDigit(c >> 8 & 15, 16));
                line.append(Character.forDigit(c >> 4 & 15, 16)).append(Character.forDigit(c & 15, 16));
            } else {
                line.append(c);
            }
        }
        return line.toString();
    }

    private static boolean isHarmful(char c) {
        int type = Character.getType(c);
        return type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR;
    }
}
