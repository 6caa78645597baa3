package org.usagestats.sink.jsonl;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.usagestats.sink.Durability;
import org.usagestats.sink.SinkConfig;

/**
 * What one sink was asked to be.
 *
 * @param layout where its files lie
 * @param instance its name among those that share the directory
 * @param durability what its success means
 * @param segmentBytes the length at which a segment is closed and the next one begun
 * @param pace how much time passes between two rounds of erasing
 * @param keep for how long reports are kept
 * @param form the form of segments that are sealed
 */
record Settings(
        Layout layout, String instance, Durability durability, long segmentBytes, Duration pace, Keep keep, Form form) {

    private static final String SEGMENT_SIZE = "segment-size";
    private static final String KEEP = "keep";
    private static final String COMPRESS = "compress";
    private static final int DEFAULT_MEBIBYTES = 64;

    /** Long enough to rewrite a segment once for all who ask at about the same time; an erasure is due within a minute. */
    private static final Duration PACE = Duration.ofSeconds(15);

    private static final int MOST_MEBIBYTES = 4096;

    /**
     * Reads an operator's wishes.
     *
     * @throws IllegalArgumentException if they cannot be met, in one line that says what is allowed
     */
    static Settings of(SinkConfig config) {
        config.requireOptionsAmong(Set.of(SEGMENT_SIZE, KEEP, COMPRESS));
        return new Settings(
                new Layout(directory(config.location())),
                config.instance(),
                config.durability(),
                (long) mebibytes(config) << 20,
                PACE,
                keep(config),
                form(config));
    }

    private static Path directory(String location) {
        if (location.isBlank()) {
            throw new IllegalArgumentException("the jsonl sink needs a directory: jsonl:DIRECTORY");
        }
        try {
            return Path.of(location).toAbsolutePath().normalize();
        } catch (InvalidPathException notAPath) {
            throw new IllegalArgumentException(
                    "the jsonl sink needs a directory, not " + notAPath.getMessage(), notAPath);
        }
    }

    private static int mebibytes(SinkConfig config) {
        String value = config.options().getOrDefault(SEGMENT_SIZE, Integer.toString(DEFAULT_MEBIBYTES));
        int mebibytes = value.matches("[0-9]{1,4}") ? Integer.parseInt(value) : 0;
        if (mebibytes < 1 || mebibytes > MOST_MEBIBYTES) {
            throw new IllegalArgumentException("the option " + SEGMENT_SIZE + " is a number of mebibytes from 1 to "
                    + MOST_MEBIBYTES + ", not \"" + value + "\"");
        }
        return mebibytes;
    }

    private static Keep keep(SinkConfig config) {
        String value = config.options().get(KEEP);
        return value == null ? Keep.FOR_EVER : Keep.of(value);
    }

    private static Form form(SinkConfig config) {
        String value = config.options().getOrDefault(COMPRESS, "none");
        return switch (value) {
            case "none" -> Form.PLAIN;
            case "gzip" -> Form.GZIP;
            default ->
                throw new IllegalArgumentException(
                        "the option " + COMPRESS + " is none or gzip, not \"" + value + "\"");
        };
    }
}
