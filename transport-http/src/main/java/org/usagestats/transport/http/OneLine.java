package org.usagestats.transport.http;

/** Words from elsewhere, fit for one line of a log. */
final class OneLine {

    private static final int LIMIT = 200;

    private OneLine() {}

    /** Returns the text with control characters as spaces, cut to 200 characters. */
    static String of(String text) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < Math.min(text.length(), LIMIT); i++) {
            char c = text.charAt(i);
            line.append(Character.isISOControl(c) ? ' ' : c);
        }
        return line.toString();
    }
}
