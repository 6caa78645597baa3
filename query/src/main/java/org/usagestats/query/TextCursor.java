package org.usagestats.query;

/** Reads a text from left to right, and tells where it stands when something is wrong. */
final class TextCursor {

    private final String text;
    private int at;

    TextCursor(String text) {
        this.text = text;
    }

    boolean isAtEnd() {
        return at == text.length();
    }

    void skipSpace() {
        while (!isAtEnd() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    /** Tells whether a character is next. */
    boolean isNext(char expected) {
        return !isAtEnd() && text.charAt(at) == expected;
    }

    /** Passes a character, if it is next. */
    boolean take(char expected) {
        boolean there = isNext(expected);
        if (there) {
            at++;
        }
        return there;
    }

    void require(char expected) throws Mistake {
        skipSpace();
        if (!take(expected)) {
            throw mistake("a " + expected + " is missing");
        }
    }

    void requireEnd() throws Mistake {
        skipSpace();
        if (!isAtEnd()) {
            throw mistake("there is no meaning in what begins with " + Words.quoted(text.substring(at)));
        }
    }

    /** Takes what stands before one of some characters or the end, without white space around it. */
    String until(String stops) {
        int start = at;
        while (!isAtEnd() && stops.indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return text.substring(start, at).strip();
    }

    /** Takes what stands between two marks, in which a mark is written twice. */
    String quoted(char mark) throws Mistake {
        require(mark);
        StringBuilder content = new StringBuilder();
        while (!isAtEnd()) {
            char next = text.charAt(at++);
            if (next != mark) {
                content.append(next);
            } else if (take(mark)) {
                content.append(mark);
            } else {
                return content.toString();
            }
        }
        throw mistake("the closing " + mark + " is missing");
    }

    Mistake mistake(String detail) {
        return mistake(detail, "");
    }

    Mistake mistake(String detail, String hint) {
        return new Mistake(detail + ", at character " + (at + 1), hint);
    }
}
