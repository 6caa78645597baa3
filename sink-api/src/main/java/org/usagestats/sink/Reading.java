package org.usagestats.sink;

/**
 * A number that a {@link MeasuredSink} tells. In the collector's metrics its name stands behind {@code usagestats_sink_}.
 *
 * @param name lower-case letters, digits and underscores, ending with {@code _total} if it is a counter and only then; with the
 *     unit in it, such as {@code seconds} or {@code bytes}
 * @param kind how it moves
 * @param meaning what it says, in a sentence
 * @param value the number
 */
public record Reading(String name, Kind kind, String meaning, double value) {

    /** How a number moves. */
    public enum Kind {
        /** It only grows, from 0 when the sink was opened. */
        COUNTER,
        /** It goes up and down. */
        GAUGE
    }

    /**
     * Checks the name.
     *
     * @throws IllegalArgumentException if it is not of the form above
     */
    public Reading {
        if (!name.matches("[a-z][a-z0-9_]*") || name.endsWith("_total") != (kind == Kind.COUNTER)) {
            throw new IllegalArgumentException("a reading has a name of a-z, 0-9 and _, with _total behind it if it is"
                    + " a counter and only then, not \"" + name + "\"");
        }
    }

    /**
     * A number that only grows.
     *
     * @param name its name, which ends with {@code _total}
     * @param meaning what it says
     * @param value the number
     * @return the reading
     */
    public static Reading counter(String name, String meaning, double value) {
        return new Reading(name, Kind.COUNTER, meaning, value);
    }

    /**
     * A number that goes up and down.
     *
     * @param name its name
     * @param meaning what it says
     * @param value the number
     * @return the reading
     */
    public static Reading gauge(String name, String meaning, double value) {
        return new Reading(name, Kind.GAUGE, meaning, value);
    }
}
