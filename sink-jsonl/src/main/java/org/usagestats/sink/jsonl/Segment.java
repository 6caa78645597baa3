package org.usagestats.sink.jsonl;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A file of the log, by its place: {@code dt=<day>/<name>}. Segments sort by day, then by name.
 *
 * @param day the UTC day on which its reports were received
 * @param name the file's name before it is compressed
 */
record Segment(LocalDate day, String name) implements Comparable<Segment> {

    private static final String SUFFIX = ".jsonl";
    private static final int LEAST_DIGITS = 6;
    private static final int MOST_DIGITS = 18;
    private static final int MOST_OF_INSTANCE = 32;
    private static final Pattern IMPORTED = Pattern.compile("import-[0-9a-f]{32}\\.jsonl");
    private static final Comparator<Segment> ORDER =
            Comparator.comparing(Segment::day).thenComparing(Segment::name);

    /** The segment that an instance writes under a number. */
    static Segment of(LocalDate day, String instance, long sequence) {
        return new Segment(day, String.format(Locale.ROOT, "%s-%06d.jsonl", instance, sequence));
    }

    /** The segment that a file is, plain or compressed. */
    static Segment in(LocalDate day, Path file) {
        String name = file.getFileName().toString();
        return new Segment(
                day, name.substring(0, name.length() - Form.of(file).suffix().length()));
    }

    /** The segment that an import makes of lines with a hash of 32 hexadecimal digits. */
    static Segment imported(LocalDate day, String hash) {
        return new Segment(day, "import-" + hash + ".jsonl");
    }

    /** Tells whether every line has a checksum: a collector or an import wrote it. */
    boolean hasChecksums() {
        return isNumbered() || IMPORTED.matcher(name).matches();
    }

    /** Tells whether a collector wrote it, so that every line has a checksum. */
    boolean isNumbered() {
        return name.indexOf('.') == name.length() - SUFFIX.length()
                && instance().isPresent();
    }

    /** The instance that wrote it, if a collector did. */
    Optional<String> instance() {
        return instanceOf(name);
    }

    /**
     * The instance that wrote the segment with the name that this one begins with, if a collector did. Asked of all for each
     * question.
     */
    static Optional<String> instanceOf(String name) {
        int end = name.indexOf('.');
        int dash = name.lastIndexOf('-', end);
        int digits = end - dash - 1;
        boolean formed = dash > 0
                && dash <= MOST_OF_INSTANCE
                && digits >= LEAST_DIGITS
                && digits <= MOST_DIGITS
                && name.startsWith(SUFFIX, end);
        for (int i = 0; formed && i < end; i++) {
            char letter = name.charAt(i);
            formed = (letter >= '0' && letter <= '9')
                    || (i <= dash && (letter == '-' || (letter >= 'a' && letter <= 'z')));
        }
        return formed ? Optional.of(name.substring(0, dash)) : Optional.empty();
    }

    /** The newest segment of each instance: all others are sealed. */
    static Set<Segment> newest(List<Segment> segments) {
        Map<String, Segment> newest = new LinkedHashMap<>();
        for (Segment segment : segments) {
            segment.instance()
                    .ifPresent(instance -> newest.merge(
                            instance,
                            segment,
                            (one, other) -> one.sequenceOf(instance) > other.sequenceOf(instance) ? one : other));
        }
        return new HashSet<>(newest.values());
    }

    /** Its number among the segments of the instance, or 0 if it is not one of them. Asked of all for each question. */
    long sequenceOf(String instance) {
        int from = instance.length() + 1;
        int to = name.length() - SUFFIX.length();
        boolean formed = !instance.isEmpty()
                && to - from >= LEAST_DIGITS
                && to - from <= MOST_DIGITS
                && name.startsWith(instance)
                && name.charAt(from - 1) == '-'
                && name.endsWith(SUFFIX);
        long number = 0;
        for (int i = from; formed && i < to; i++) {
            int digit = name.charAt(i) - '0';
            formed = digit >= 0 && digit <= 9;
            number = 10 * number + digit;
        }
        return formed ? number : 0;
    }

    @Override
    public int compareTo(Segment other) {
        return ORDER.compare(this, other);
    }
}
