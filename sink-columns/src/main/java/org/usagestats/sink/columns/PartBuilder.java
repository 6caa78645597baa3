package org.usagestats.sink.columns;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.usagestats.sink.Selection;
import org.usagestats.sink.ServerField;
import org.usagestats.sink.Value;
import org.usagestats.sink.kit.ReportTime;

/**
 * Gathers reports by columns. What it sees for the first time is read as JSON; bytes that were seen before are known again.
 *
 * <p>One thread adds reports; others may ask the parts that were made of it meanwhile.
 */
public final class PartBuilder {

    /** The keys beyond this number that a part's reports have get no column. */
    static final int MOST_COLUMNS = 1000;

    /** How many members of a report mostly are at the same place in all. */
    private static final int USUAL = 128;

    /** With how many reports it is full. */
    static final int MOST_ROWS = 1 << 20;

    private static final int MOST_BYTES = 1 << 28;

    private final Needs needs;
    private final MemberParser parser = new MemberParser();
    private final MemberScanner scanner = new MemberScanner();
    private final Dictionary names = new Dictionary();
    private final List<Field> fields = new ArrayList<>();
    private final Map<String, ColumnBuilder> columns = new LinkedHashMap<>();
    private final TimeColumn received = new TimeColumn(Selection.Clock.RECEIVED);
    private final TimeColumn reported = new TimeColumn(Selection.Clock.REPORTED);
    private final IdColumn ids = new IdColumn();
    private final BitSet damaged = new BitSet();
    private final OtherKeys others = new OtherKeys();

    /** How members begin that came at a place in an earlier report, by their places, and the fields that they are of. */
    private final byte[][] heads = new byte[USUAL][];

    private final Field[] usual = new Field[USUAL];
    private final UnknownField unknown = new UnknownField(parser);
    private int rows;
    private long bytes;

    /** Starts with no report, of which all is to be known. */
    public PartBuilder() {
        this(Needs.ALL);
    }

    /** Starts with no report, of which just this is to be known. */
    public PartBuilder(Needs needs) {
        this.needs = needs;
    }

    /** Adds a report: where its JSON object begins and ends. One that is no JSON object counts as damaged. */
    public synchronized void add(byte[] json, int from, int to) {
        if (!scan(json, from, to) && !read(json, from, to)) {
            damaged.set(rows);
            ids.remove(rows);
        }
        rows++;
        bytes += to - from;
    }

    private boolean scan(byte[] bytes, int from, int to) {
        scanner.start(bytes, from, to);
        for (int place = 0; scanner.hasMore(); place++) {
            Field field = field(bytes, place);
            if (field == null || !scanner.value()) {
                return false;
            }
            if (!scanner.plainString) {
                if (!field.written(rows, bytes, scanner.valueFrom, scanner.valueTo)) {
                    return false;
                }
            } else if (!(field instanceof UnknownField)) {
                field.plain(rows, bytes, scanner.valueFrom + 1, scanner.valueTo - 1);
            }
        }
        return scanner.isWhole();
    }

    /** The field of the name that comes next; the same name mostly has the same place in all reports. */
    private @Nullable Field field(byte[] bytes, int place) {
        if (place < USUAL && heads[place] != null && scanner.hasHead(heads[place])) {
            return usual[place];
        }
        Field field = scanner.name() ? named(bytes) : null;
        if (field != null && place < USUAL) {
            heads[place] = scanner.head();
            usual[place] = field;
        }
        return field;
    }

    private @Nullable Field named(byte[] bytes) {
        int from = scanner.nameFrom;
        int to = scanner.nameTo;
        int code = names.find(0, bytes, from, to);
        if (code == Dictionary.NONE) {
            Optional<String> name = scanner.plainName
                    ? Optional.of(new String(bytes, from, to - from, StandardCharsets.US_ASCII))
                    : parser.name(bytes, from, to);
            if (name.isEmpty()) {
                return null;
            }
            if (names.size() >= 4 * MOST_COLUMNS) {
                return fieldOf(name.get());
            }
            code = names.add(0, bytes, from, to);
            fields.add(fieldOf(name.get()));
        }
        return fields.get(code - 1);
    }

    private boolean read(byte[] bytes, int from, int to) {
        Optional<Map<String, Value>> report = parser.report(bytes, from, to);
        report.ifPresent(values -> values.forEach((name, value) -> fieldOf(name).value(rows, value)));
        return report.isPresent();
    }

    private Field fieldOf(String name) {
        return switch (name) {
            case ServerField.REPORT_ID -> new IdField(parser, ids);
            case ServerField.SERVER_TIME -> timeField(received, Selection.Clock.RECEIVED);
            case ReportTime.DATE -> timeField(reported, Selection.Clock.REPORTED);
            case ServerField.SUBMITTED_ERASE -> unknown;
            default -> {
                if (!needs.includes(name)) {
                    yield unknown;
                }
                if (columns.size() >= MOST_COLUMNS && !columns.containsKey(name)) {
                    others.add(name);
                    yield unknown;
                }
                yield new ValueField(parser, columns.computeIfAbsent(name, first -> new ColumnBuilder()));
            }
        };
    }

    private Field timeField(TimeColumn times, Selection.Clock clock) {
        return needs.includes(clock) ? new TimeField(parser, times) : unknown;
    }

    /** The reports that were added so far. */
    public synchronized Part part() {
        return new GrowingPart(this);
    }

    /** How many reports were added. */
    public int rows() {
        return rows;
    }

    /** The rows that are no JSON object. */
    BitSet damaged() {
        return damaged;
    }

    Map<String, ColumnBuilder> columns() {
        return columns;
    }

    OtherKeys others() {
        return others;
    }

    IdColumn ids() {
        return ids;
    }

    /** The times of the first rows. */
    Times times(Selection.Clock clock, int count) {
        return (clock == Selection.Clock.RECEIVED ? received : reported).times(count);
    }

    /** How many bytes of memory it takes, about. */
    public long memory() {
        long memory = unknown.memory() + received.memory() + reported.memory() + ids.memory();
        for (ColumnBuilder column : columns.values()) {
            memory += column.memory();
        }
        return memory;
    }

    /** Tells whether it is time for another one, to keep what is gathered at once within bounds. */
    public boolean isFull() {
        return rows >= MOST_ROWS || bytes >= MOST_BYTES;
    }
}
