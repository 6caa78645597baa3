package org.usagestats.sink.kit;

import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.usagestats.sink.Value;

/**
 * Says where in a report a value is: segments separated by {@code .} or {@code $}, of which {@code \} takes the meaning. White
 * space around a segment does not count, nor does an empty segment. A path that begins with {@code /} is a JSON pointer (RFC
 * 6901) instead, each of whose tokens is one name or index.
 *
 * <p>At an object the longest of its names that the path goes on with wins, where a name may span separators; at an array
 * or a string a segment is an index, from the end if negative. Immutable.
 */
public final class FieldPath {

    private static final Pattern INDEX = Pattern.compile("-?[0-9]{1,9}");
    private static final JsonTrees JSON = new JsonTrees();

    private final String text;
    private final BitSet separators = new BitSet();
    private final List<String> pointer;

    /**
     * A key at the top of a report that the path may begin with.
     *
     * @param key the key
     * @param rest where the path goes on after it
     */
    public record Start(String key, int rest) {}

    /**
     * Reads a path; there is none that cannot be read.
     *
     * @param path the path
     */
    public FieldPath(String path) {
        this.pointer = path.startsWith("/") ? tokens(path) : List.of();
        this.text = readSegments(path);
    }

    private static List<String> tokens(String path) {
        return Stream.of(path.substring(1).split("/", -1))
                .map(token -> token.replace("~1", "/").replace("~0", "~"))
                .toList();
    }

    private String readSegments(String path) {
        StringBuilder read = new StringBuilder();
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c == '\\' && i + 1 < path.length() && "\\.$".indexOf(path.charAt(i + 1)) >= 0) {
                i++;
            } else if (c == '.' || c == '$') {
                separators.set(read.length());
            }
            read.append(path.charAt(i));
        }
        return read.toString();
    }

    /**
     * Lists the keys that the path may begin with. In a report, the first of them that it has is the one.
     *
     * @param keys keys at the top of reports
     * @return those the path begins with, the longest first
     */
    public List<Start> starts(Collection<String> keys) {
        if (!pointer.isEmpty()) {
            String key = pointer.get(0);
            return keys.contains(key) ? List.of(new Start(key, 1)) : List.of();
        }
        int first = segmentFrom(0);
        Stream<Start> whole = keys.contains(text) ? Stream.of(new Start(text, text.length())) : Stream.of();
        Stream<Start> parts = keys.stream()
                .filter(key -> begins(key, first))
                .sorted(Comparator.comparingInt(String::length).reversed())
                .map(key -> new Start(key, segmentFrom(first + key.length())));
        return Stream.concat(whole, parts).distinct().toList();
    }

    /**
     * Finds the value of a report that has the key.
     *
     * @param start the first of the path's starts that the report has
     * @param value the value of that key
     * @return the value at the end of the path, if there is one
     */
    public Optional<Value> find(Start start, Value value) {
        if (start.rest() == end()) {
            return Optional.of(value);
        }
        return switch (value.kind()) {
            case STRING -> valueIn(new JsonTree.Text(value.text()), start.rest());
            case JSON -> JSON.read(value.text()).flatMap(tree -> valueIn(tree, start.rest()));
            default -> Optional.empty();
        };
    }

    private Optional<Value> valueIn(JsonTree tree, int from) {
        return Optional.ofNullable(find(tree, from)).map(JSON::valueOf);
    }

    /** Finds the value in a report; empty if there is none at this path. */
    Optional<JsonTree> find(JsonTree.Members report) {
        JsonTree whole = pointer.isEmpty() ? report.members().get(text) : null;
        if (whole != null) {
            return Optional.of(whole);
        }
        int first = pointer.isEmpty() ? segmentFrom(0) : 0;
        return first == end() ? Optional.empty() : Optional.ofNullable(find(report, first));
    }

    private int end() {
        return pointer.isEmpty() ? text.length() : pointer.size();
    }

    private @Nullable JsonTree find(JsonTree start, int from) {
        return pointer.isEmpty() ? findBySegments(start, from) : findByTokens(start, from);
    }

    private @Nullable JsonTree findByTokens(JsonTree start, int from) {
        JsonTree value = start;
        for (int i = from; value != null && i < pointer.size(); i++) {
            value = step(value, pointer.get(i));
        }
        return value;
    }

    private @Nullable JsonTree findBySegments(JsonTree start, int from) {
        JsonTree value = start;
        int next = from;
        while (value != null && next < text.length()) {
            int end = value instanceof JsonTree.Members object
                    ? endOfName(object.members().keySet(), next)
                    : endOfSegment(next);
            value = step(value, text.substring(next, end));
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
        return value instanceof JsonTree.Text string ? character(string.value(), index) : null;
    }

    private static @Nullable JsonTree item(List<JsonTree> items, int index) {
        int place = index < 0 ? items.size() + index : index;
        return place >= 0 && place < items.size() ? items.get(place) : null;
    }

    private static @Nullable JsonTree character(String string, int index) {
        int length = string.codePointCount(0, string.length());
        int place = index < 0 ? length + index : index;
        if (place < 0 || place >= length) {
            return null;
        }
        int start = string.offsetByCodePoints(0, place);
        return new JsonTree.Text(Character.toString(string.codePointAt(start)));
    }

    /** Where the longest name that the path goes on with ends, or the segment if there is none. */
    private int endOfName(Collection<String> names, int from) {
        int longest = 0;
        for (String name : names) {
            if (name.length() > longest && begins(name, from)) {
                longest = name.length();
            }
        }
        return longest == 0 ? endOfSegment(from) : from + longest;
    }

    private boolean begins(String name, int from) {
        return !name.isEmpty() && text.startsWith(name, from) && isEnd(from + name.length());
    }

    private boolean isEnd(int index) {
        int next = skipBlanks(index);
        return next == text.length() || separators.get(next);
    }

    /** Where a segment ends, white space after it left out. */
    private int endOfSegment(int from) {
        int end = separators.nextSetBit(from);
        if (end < 0) {
            end = text.length();
        }
        while (end > from && Character.isWhitespace(text.charAt(end - 1))) {
            end--;
        }
        return end;
    }

    /** Where the next segment begins that is not empty. */
    private int segmentFrom(int index) {
        int next = skipBlanks(index);
        while (next < text.length() && separators.get(next)) {
            next = skipBlanks(next + 1);
        }
        return next;
    }

    private int skipBlanks(int index) {
        int next = index;
        while (next < text.length() && Character.isWhitespace(text.charAt(next))) {
            next++;
        }
        return next;
    }
}
