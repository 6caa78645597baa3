package org.usagestats.sink.jsonl;

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
import org.usagestats.sink.kit.ReportFields;
import org.usagestats.sink.kit.ReportTime;

/**
 * Gathers the reports of a part of a segment by columns. What it sees for the first time is read as JSON; bytes that were
 * seen before are known again. Not for use by several threads.
 */
final class PartBuilder {

    private static final byte[] BEFORE_VALUE = "{\"\":".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] AFTER_NAME = ":0}".getBytes(StandardCharsets.US_ASCII);

    private final ReportFields parser = new ReportFields();
    private final MemberScanner scanner = new MemberScanner();
    /** The keys beyond this number that a part's reports have get no column. */
    static final int MOST_COLUMNS = 1000;

    /** How many members of a report mostly are at the same place in all. */
    private static final int USUAL = 128;

    private static final int MOST_ROWS = 1 << 20;
    private static final int MOST_BYTES = 1 << 28;

    /** How many bytes of values that are in no column are remembered as well-formed. */
    private static final int MOST_KNOWN = 1 << 20;

    private final Needs needs;
    private final Dictionary known = new Dictionary();
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
    private final Field unknown = new UnknownField();
    private int rows;
    private long bytes;

    /** Takes the values of one key. */
    private interface Field {
        /** Takes a plain string, without its quotes. */
        void plain(int row, byte[] bytes, int from, int to);

        /** Takes the JSON of another value; false if it is none. */
        boolean written(int row, byte[] bytes, int from, int to);

        void value(int row, Value value);
    }

    /** Starts with no report, of which all is to be known. */
    PartBuilder() {
        this(Needs.ALL);
    }

    /** Starts with no report. */
    PartBuilder(Needs needs) {
        this.needs = needs;
    }

    /** Adds a report: where its JSON object begins and ends. */
    void add(byte[] json, int from, int to) {
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
                    : name(bytes, from, to);
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

    private Optional<String> name(byte[] bytes, int from, int to) {
        byte[] alone = new byte[to - from + 3 + AFTER_NAME.length];
        alone[0] = '{';
        System.arraycopy(bytes, from - 1, alone, 1, to - from + 2);
        System.arraycopy(AFTER_NAME, 0, alone, to - from + 3, AFTER_NAME.length);
        return parser.read(alone, 0, alone.length)
                .filter(one -> one.size() == 1)
                .map(one -> one.keySet().iterator().next());
    }

    private boolean read(byte[] bytes, int from, int to) {
        Optional<Map<String, Value>> report = parser.read(bytes, from, to - from);
        report.ifPresent(values -> values.forEach((name, value) -> fieldOf(name).value(rows, value)));
        return report.isPresent();
    }

    private Field fieldOf(String name) {
        return switch (name) {
            case ServerField.REPORT_ID -> new IdField();
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
                yield new ValueField(columns.computeIfAbsent(name, first -> new ColumnBuilder()));
            }
        };
    }

    private Field timeField(TimeColumn times, Selection.Clock clock) {
        return needs.includes(clock) ? new TimeField(times) : unknown;
    }

    /** Reads the JSON of a value; empty if it is none. */
    private Optional<Value> valueOf(byte[] bytes, int from, int to) {
        byte[] alone = new byte[BEFORE_VALUE.length + to - from + 1];
        System.arraycopy(BEFORE_VALUE, 0, alone, 0, BEFORE_VALUE.length);
        System.arraycopy(bytes, from, alone, BEFORE_VALUE.length, to - from);
        alone[alone.length - 1] = '}';
        return parser.read(alone, 0, alone.length)
                .filter(one -> one.size() == 1)
                .map(one -> one.get(""));
    }

    /** A field whose values are kept in a dictionary. */
    private final class ValueField implements Field {

        private final ColumnBuilder column;

        ValueField(ColumnBuilder column) {
            this.column = column;
        }

        @Override
        public void plain(int row, byte[] bytes, int from, int to) {
            column.put(row, column.values().add(KindCode.STRING, bytes, from, to));
        }

        @Override
        public boolean written(int row, byte[] bytes, int from, int to) {
            if (MemberScanner.isPlainNumber(bytes, from, to)) {
                column.put(row, column.values().add(KindCode.NUMBER, bytes, from, to));
                return true;
            }
            int code = column.meaning(bytes, from, to);
            if (code == Dictionary.NONE) {
                Optional<Value> value = valueOf(bytes, from, to);
                if (value.isEmpty()) {
                    return false;
                }
                code = column.mean(bytes, from, to, column.values().add(value.get()));
            }
            column.put(row, code);
            return true;
        }

        @Override
        public void value(int row, Value value) {
            column.put(row, column.values().add(value));
        }
    }

    /** A field of which just the time counts. */
    private final class TimeField implements Field {

        private final TimeColumn times;

        TimeField(TimeColumn times) {
            this.times = times;
        }

        @Override
        public void plain(int row, byte[] bytes, int from, int to) {
            times.put(row, bytes, from, to);
        }

        @Override
        public boolean written(int row, byte[] bytes, int from, int to) {
            Optional<Value> value = valueOf(bytes, from, to);
            value.ifPresent(one -> times.put(row, one));
            return value.isPresent();
        }

        @Override
        public void value(int row, Value value) {
            times.put(row, value);
        }
    }

    /** The field that tells reports apart. */
    private final class IdField implements Field {

        @Override
        public void plain(int row, byte[] bytes, int from, int to) {
            if (!ids.put(row, bytes, from, to)) {
                ids.put(row, new String(bytes, from, to - from, StandardCharsets.US_ASCII));
            }
        }

        @Override
        public boolean written(int row, byte[] bytes, int from, int to) {
            Optional<Value> value = valueOf(bytes, from, to);
            value.ifPresent(one -> value(row, one));
            return value.isPresent();
        }

        @Override
        public void value(int row, Value value) {
            if (value.kind() == Value.Kind.STRING) {
                ids.put(row, value.text());
            } else {
                ids.remove(row);
            }
        }
    }

    /** A field that is in no column: hardly two reports have the same value, or nobody asks for it. */
    private final class UnknownField implements Field {

        @Override
        public void plain(int row, byte[] bytes, int from, int to) {}

        @Override
        public boolean written(int row, byte[] bytes, int from, int to) {
            if (MemberScanner.isPlainNumber(bytes, from, to) || known.find(0, bytes, from, to) != Dictionary.NONE) {
                return true;
            }
            if (valueOf(bytes, from, to).isEmpty()) {
                return false;
            }
            if (known.textBytes() < MOST_KNOWN && to - from < Line.MAX_BYTES / 100) {
                known.add(0, bytes, from, to);
            }
            return true;
        }

        @Override
        public void value(int row, Value value) {}
    }

    int rows() {
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

    /** How much memory it takes, about. */
    long memory() {
        long memory = known.bytes() + received.memory() + reported.memory() + ids.memory();
        for (ColumnBuilder column : columns.values()) {
            memory += column.memory();
        }
        return memory;
    }

    /** Tells whether it is time for another part, to keep what is gathered at once within bounds. */
    boolean isFull() {
        return rows >= MOST_ROWS || bytes >= MOST_BYTES;
    }
}
