package org.usagestats.sink.columns;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.usagestats.sink.Selection;
import org.usagestats.sink.Value;
import org.usagestats.sink.kit.ReportFields;
import org.usagestats.sink.kit.ReportTime;
import org.usagestats.testkit.StrangeReports;

/** Whatever bytes a line has: columns hold what a JSON parser reads there. */
class PartBuilderProperties {

    private static final Set<String> NO_COLUMN = Set.of("report_id", "server_time", "date", "submitted_erase");

    @Property(tries = 300, shrinking = ShrinkingMode.OFF)
    void columnsHoldWhatIsInTheLines(@ForAll long seed) throws Exception {
        check(seed);
    }

    static void check(long seed) throws Exception {
        Random random = new Random(seed);
        StrangeReports reports = new StrangeReports(random);
        byte[][] lines = new byte[30][];
        for (int row = 0; row < lines.length; row++) {
            lines[row] = reports.report().json().clone();
            for (int left = random.nextInt(3); left > 0; left--) {
                lines[row][random.nextInt(lines[row].length)] = (byte) "\"\\{}[]:,0a e.-\tÄ".charAt(random.nextInt(16));
            }
        }
        check("seed " + seed, lines);
    }

    /** Checks that a part made of these lines holds what stands in them. */
    static PartBuilder check(String name, byte[]... lines) throws Exception {
        PartBuilder builder = new PartBuilder();
        for (byte[] line : lines) {
            builder.add(line, 0, line.length);
        }
        for (int row = 0; row < lines.length; row++) {
            check(lines[row], row, builder, name);
        }
        return builder;
    }

    private static void check(byte[] line, int row, PartBuilder builder, String name) throws Exception {
        Optional<Map<String, Value>> fields = new ReportFields().read(line, 0, line.length);
        assertThat(builder.damaged().get(row)).as("%s row %s", name, row).isEqualTo(fields.isEmpty());
        if (fields.isPresent()) {
            assertThat(values(builder, row)).as("%s row %s", name, row).isEqualTo(withColumns(fields.get()));
            for (Selection.Clock clock : Selection.Clock.values()) {
                assertThat(builder.times(clock, row + 1).at(row)).isEqualTo(time(fields.get(), clock));
            }
        }
    }

    private static long time(Map<String, Value> fields, Selection.Clock clock) {
        return Optional.ofNullable(fields.get(ReportTime.key(clock)))
                .flatMap(value -> ReportTime.read(clock, value))
                .map(time -> time.toEpochMilli())
                .orElse(Times.NONE);
    }

    private static Map<String, Value> withColumns(Map<String, Value> fields) {
        Map<String, Value> some = new LinkedHashMap<>(fields);
        some.keySet().removeAll(NO_COLUMN);
        return some;
    }

    static Map<String, Value> values(PartBuilder builder, int row) throws Exception {
        Map<String, Value> values = new LinkedHashMap<>();
        KeyValues all = new KeyValues();
        for (String key : List.copyOf(builder.columns().keySet())) {
            ColumnBuilder column = builder.columns().get(key);
            int code = column.codes(builder.rows()).at(row);
            if (code != Dictionary.NONE) {
                values.put(key, all.value(column.numbers(all)[code]));
            }
        }
        return values;
    }
}
