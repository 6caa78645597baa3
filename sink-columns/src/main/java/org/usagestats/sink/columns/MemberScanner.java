package org.usagestats.sink.columns;

import java.util.Arrays;
import org.usagestats.sink.kit.Words;

/**
 * Walks over the members at the top of a JSON object without white space between them, which is how a collector writes it.
 * It tells where each name and value begins and ends; whether they are well-formed within is looked at by whoever sees
 * their bytes for the first time. Not for use by several threads.
 */
final class MemberScanner {

    private static final long QUOTES = Words.ONES * '"';
    private static final long BACKSLASHES = Words.ONES * '\\';
    private static final long SPACES = Words.ONES * ' ';

    private byte[] bytes = {};
    private int at;
    private int to;
    private int begin;
    private int memberFrom;
    private boolean whole;
    int nameFrom;
    int nameTo;
    boolean plainName;
    int valueFrom;
    int valueTo;
    boolean plainString;

    /** Begins with an object; its braces are the first and the last byte. */
    void start(byte[] json, int from, int end) {
        bytes = json;
        to = end - 1;
        at = from + 1;
        begin = at;
        whole = end - from >= 2 && json[from] == '{' && json[to] == '}';
        if (!whole) {
            at = to;
        }
    }

    /** Tells whether there is another member, or something unexpected. */
    boolean hasMore() {
        return at < to;
    }

    private boolean unexpected() {
        whole = false;
        at = to;
        return false;
    }

    /** Tells, at the end, whether all of the object looked as expected. */
    boolean isWhole() {
        return whole;
    }

    /** Goes to the next member's value if all before it is as a {@link #head} that was seen before. */
    boolean hasHead(byte[] head) {
        int end = at + head.length;
        if (end < to && Words.same(bytes, at, head, 0, head.length)) {
            at = end;
            return true;
        }
        return false;
    }

    /** Goes to the next member's value; false if there is none. */
    boolean name() {
        memberFrom = at;
        if (at != begin && bytes[at++] != ',') {
            return unexpected();
        }
        nameFrom = at + 1;
        nameTo = bytes[at] == '"' ? string(nameFrom) : -1;
        plainName = plain;
        at = nameTo + 2;
        return (nameTo > 0 && at < to && bytes[at - 1] == ':') || unexpected();
    }

    /** What stands between the end of the member before, or the opening brace, and the value: a comma, name and colon. */
    byte[] head() {
        return Arrays.copyOfRange(bytes, memberFrom, at);
    }

    /** Goes over the member's value, behind its name; false if there is none. */
    boolean value() {
        return anyValue() || unexpected();
    }

    private boolean anyValue() {
        valueFrom = at;
        plainString = false;
        byte opening = bytes[valueFrom];
        if (opening == '"') {
            int end = string(valueFrom + 1);
            plainString = plain;
            valueTo = end + 1;
            at = valueTo;
            return end > 0 && at <= to;
        }
        valueTo = opening == '{' || opening == '[' ? endOfNested(valueFrom) : endOfLiteral(valueFrom);
        at = valueTo;
        return valueTo > valueFrom;
    }

    private boolean plain;

    /** Where a string's closing quote is, or -1; tells whether all before it is ASCII that needs no escape. */
    private int string(int from) {
        plain = true;
        for (int i = endOfPlain(from); i < to; i = endOfPlain(i)) {
            byte here = bytes[i];
            if (here == '"') {
                return i;
            }
            plain = false;
            i += here == '\\' ? 2 : 1;
        }
        return -1;
    }

    /** The first byte from here on that is a quote, a backslash, a control character or not ASCII; or the end. */
    private int endOfPlain(int from) {
        int i = from;
        for (; i + Long.BYTES <= to; i += Long.BYTES) {
            long eight = Words.at(bytes, i);
            long found = Words.zeros(eight ^ QUOTES) | Words.zeros(eight ^ BACKSLASHES);
            found |= ((eight - SPACES) | eight) & Words.HIGHS;
            if (found != 0) {
                return i + Words.lowest(found);
            }
        }
        while (i < to && bytes[i] >= ' ' && bytes[i] != '"' && bytes[i] != '\\') {
            i++;
        }
        return i;
    }

    private int endOfNested(int from) {
        int depth = 0;
        for (int i = from; i < to; i++) {
            switch (bytes[i]) {
                case '{', '[' -> depth++;
                case '}', ']' -> depth--;
                case '"' -> {
                    i = string(i + 1);
                    if (i < 0) {
                        return -1;
                    }
                }
                default -> {}
            }
            if (depth == 0) {
                return i + 1;
            }
        }
        return -1;
    }

    private int endOfLiteral(int from) {
        int i = from;
        while (i < to && bytes[i] != ',') {
            i++;
        }
        return i;
    }

    /** Tells whether these are the digits of a whole number, or of one with a fraction, as JSON has them. */
    static boolean isPlainNumber(byte[] bytes, int from, int to) {
        int i = bytes[from] == '-' ? from + 1 : from;
        int whole = endOfDigits(bytes, i, to);
        if (whole == i || (bytes[i] == '0' && whole > i + 1)) {
            return false;
        }
        return whole == to || (bytes[whole] == '.' && whole + 1 < to && endOfDigits(bytes, whole + 1, to) == to);
    }

    private static int endOfDigits(byte[] bytes, int from, int to) {
        int i = from;
        while (i < to && bytes[i] >= '0' && bytes[i] <= '9') {
            i++;
        }
        return i;
    }
}
