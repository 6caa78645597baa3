package org.usagestats.sink.columns;

import org.usagestats.sink.Value;

/** The numbers of the kinds of values in files and dictionaries: 0 to 8. */
final class KindCode {

    static final int STRING = 3;
    static final int NUMBER = 2;

    /** What is added for {@link WideText}, of strings and of JSON. */
    static final int WIDE = 3;

    /** Strings that are UUIDs as {@link Hex} writes them: two numbers of 64 bits, little-endian. */
    static final int UUID = 8;

    private KindCode() {}

    static int of(Value.Kind kind) {
        return switch (kind) {
            case NULL -> 0;
            case BOOLEAN -> 1;
            case NUMBER -> NUMBER;
            case STRING -> STRING;
            case JSON -> 4;
            case OTHER -> 5;
        };
    }

    /** Tells whether a number is one of a kind whose values can have such a text. */
    static boolean mayHave(int code, byte[] text, int from, int to) {
        return switch (code) {
            case NUMBER -> mayBeNumber(text, from, to);
            case STRING + WIDE, 4 + WIDE -> (to - from) % 2 == 0;
            case UUID -> to - from == Dictionary.UUID_BYTES;
            default -> code >= 0 && code < UUID;
        };
    }

    /** A number with an exponent is not looked at more closely: who sorts it takes it as it is. */
    private static boolean mayBeNumber(byte[] text, int from, int to) {
        if (from < to && MemberScanner.isPlainNumber(text, from, to)) {
            return true;
        }
        for (int i = from; i < to; i++) {
            if ("+-.0123456789Ee".indexOf(text[i]) < 0) {
                return false;
            }
        }
        return from < to;
    }

    /** Tells whether the text is a {@link WideText}. */
    static boolean isWide(int code) {
        return code >= STRING + WIDE && code < UUID;
    }

    static Value.Kind kind(int code) {
        return switch (code) {
            case 0 -> Value.Kind.NULL;
            case 1 -> Value.Kind.BOOLEAN;
            case NUMBER -> Value.Kind.NUMBER;
            case STRING, STRING + WIDE, UUID -> Value.Kind.STRING;
            case 4, 4 + WIDE -> Value.Kind.JSON;
            default -> Value.Kind.OTHER;
        };
    }
}
