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
