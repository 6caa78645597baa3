package org.usagestats.sink.kit;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Says where in a report a value is: segments separated by {@code .} or {@code $}. White space around a segment does not
 * count, nor does an empty segment.
 *
 * <p>At an object the longest of its names that the path goes on with wins, where a name may span separators; at an array
 * or a string a segment is an index, from the end if negative.
 */
final class FieldPath {

    private static final Pattern INDEX = Pattern.compile("-?[0-9]{1,9}");

    private final String path;

    FieldPath(String path) {
        this.path = path;
    }

    /** Finds the value in a report; empty if there is none at this path. */
    Optional<JsonTree> find(JsonTree.Members report) {
        JsonTree whole = report.members().get(path);
        if (whole != null) {
            return Optional.of(whole);
        }
        int next = segmentFrom(0);
        return next == path.length() ? Optional.empty() : Optional.ofNullable(find(report, next));
    }

    private @Nullable JsonTree find(JsonTree start, int from) {
        JsonTree value = start;
        int next = from;
        while (value != null && next < path.length()) {
            int end = value instanceof JsonTree.Members object ? endOfName(object.members(), next) : endOfSegment(next);
            value = step(value, path.substring(next, end));
            next = segmentFrom(end);
        }
        return value;
    }

    private static @Nullable JsonTree step(JsonTree value, String segment) {
        if (value instanceof JsonTree.Members object) {
            return object.members().get(segment);
        }
        if (!INDEX.matcher(segment).matches()) {
            return null;
        }
        int index = Integer.parseInt(segment);
        if (value instanceof JsonTree.Items array) {
            return item(array.items(), index);
        }
        return value instanceof JsonTree.Text text ? character(text.value(), index) : null;
    }

    private static @Nullable JsonTree item(List<JsonTree> items, int index) {
        int place = index < 0 ? items.size() + index : index;
        return place >= 0 && place < items.size() ? items.get(place) : null;
    }

    private static @Nullable JsonTree character(String text, int index) {
        int length = text.codePointCount(0, text.length());
        int place = index < 0 ? length + index : index;
        if (place < 0 || place >= length) {
            return null;
        }
        int start = text.offsetByCodePoints(0, place);
        return new JsonTree.Text(Character.toString(text.codePointAt(start)));
    }

    /** Where the longest name that the path goes on with ends, or the segment if there is none. */
    private int endOfName(Map<String, JsonTree> members, int from) {
        int longest = 0;
        for (String name : members.keySet()) {
            if (name.length() > longest && path.startsWith(name, from) && isEnd(from + name.length())) {
                longest = name.length();
            }
        }
        return longest == 0 ? endOfSegment(from) : from + longest;
    }

    private boolean isEnd(int index) {
        int next = skipBlanks(index);
        return next == path.length() || isSeparator(path.charAt(next));
    }

    /** Where a segment ends, white space after it left out. */
    private int endOfSegment(int from) {
        int end = from;
        while (end < path.length() && !isSeparator(path.charAt(end))) {
            end++;
        }
        while (end > from && Character.isWhitespace(path.charAt(end - 1))) {
            end--;
        }
        return end;
    }

    /** Where the next segment begins that is not empty. */
    private int segmentFrom(int index) {
        int next = skipBlanks(index);
        while (next < path.length() && isSeparator(path.charAt(next))) {
            next = skipBlanks(next + 1);
        }
        return next;
    }

    private int skipBlanks(int index) {
        int next = index;
        while (next < path.length() && Character.isWhitespace(path.charAt(next))) {
            next++;
        }
        return next;
    }

    private static boolean isSeparator(char c) {
        return c == '.' || c == '$';
    }
}
