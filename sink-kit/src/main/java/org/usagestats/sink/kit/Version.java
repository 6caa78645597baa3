package org.usagestats.sink.kit;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A version: numbers separated by dots after an optional {@code v}, a pre-release after {@code -}, and whatever else follows;
 * what follows {@code +} does not count. Sorted as Semantic Versioning 2.0.0, section 11, has it; missing numbers are 0.
 */
record Version(List<String> numbers, String preRelease, String rest) implements Comparable<Version> {

    private static final Pattern SYNTAX =
            Pattern.compile("[vV]?([0-9]+(?:\\.[0-9]+)*+)(?:-([^+]*)|([^+]*))(?:\\+.*)?", Pattern.DOTALL);
    private static final Pattern NUMBER = Pattern.compile("[0-9]+");

    private static final Comparator<Version> ORDER = Comparator.comparing(Version::numbers, Version::compareNumbers)
            .thenComparing(version -> version.preRelease.isEmpty())
            .thenComparing(Version::preRelease, Version::comparePreReleases)
            .thenComparing(Version::rest);

    /** Reads a version; empty if the text does not begin with a number. */
    static Optional<Version> of(String text) {
        Matcher matcher = SYNTAX.matcher(text.strip());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        return Optional.of(new Version(
                List.of(matcher.group(1).split("\\.")), orNone(matcher.group(2)), orNone(matcher.group(3))));
    }

    private static String orNone(@Nullable String group) {
        return group == null ? "" : group;
    }

    /** The first numbers, with dots. */
    String first(int count) {
        return String.join(".", numbers.subList(0, Math.min(count, numbers.size())));
    }

    @Override
    public int compareTo(Version other) {
        return ORDER.compare(this, other);
    }

    private static int compareNumbers(List<String> left, List<String> right) {
        for (int i = 0; i < Math.max(left.size(), right.size()); i++) {
            int order = compareNumbers(i < left.size() ? left.get(i) : "0", i < right.size() ? right.get(i) : "0");
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    /** Compares numbers of any length. */
    private static int compareNumbers(String left, String right) {
        String shortLeft = withoutZeros(left);
        String shortRight = withoutZeros(right);
        int order = Integer.compare(shortLeft.length(), shortRight.length());
        return order == 0 ? shortLeft.compareTo(shortRight) : order;
    }

    private static String withoutZeros(String digits) {
        int first = 0;
        while (first < digits.length() - 1 && digits.charAt(first) == '0') {
            first++;
        }
        return digits.substring(first);
    }

    private static int comparePreReleases(String left, String right) {
        List<String> lefts = Stream.of(left.split("\\.", -1)).toList();
        List<String> rights = Stream.of(right.split("\\.", -1)).toList();
        for (int i = 0; i < Math.min(lefts.size(), rights.size()); i++) {
            int order = compareIdentifiers(lefts.get(i), rights.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(lefts.size(), rights.size());
    }

    /** Compares as numbers what is, and sorts numbers before words. */
    private static int compareIdentifiers(String left, String right) {
        boolean leftIsNumber = NUMBER.matcher(left).matches();
        boolean rightIsNumber = NUMBER.matcher(right).matches();
        if (leftIsNumber && rightIsNumber) {
            return compareNumbers(left, right);
        }
        return leftIsNumber == rightIsNumber ? left.compareTo(right) : leftIsNumber ? -1 : 1;
    }
}
