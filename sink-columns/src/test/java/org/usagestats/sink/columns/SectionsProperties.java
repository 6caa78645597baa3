package org.usagestats.sink.columns;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.usagestats.sink.Value;

/** What was put into a section is read from it. */
class SectionsProperties {

    @Property(tries = 500)
    void aColumnIsReadAsItWasWritten(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 3000) int rows, @ForAll @IntRange(max = 6) int form)
            throws Exception {
        Random random = new Random(seed);
        int different = 1 + random.nextInt(2 * rows);
        int missing = random.nextInt(3) == 0 ? 1 + random.nextInt(20) : 0;
        ColumnBuilder builder = new ColumnBuilder();
        List<@Nullable Value> expected = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            Value value = missing > 0 && random.nextInt(20) < missing ? null : value(form, random.nextInt(different));
            if (value != null) {
                builder.put(row, builder.values().add(value));
            }
            expected.add(value);
        }
        SectionBuffer section = new SectionBuffer();
        Sections.putColumn(section, builder.values(), builder.codes(rows), builder.present());
        KeyValues values = new KeyValues();
        Column column = Sections.column(section.flip(), rows, values);
        List<@Nullable Value> read = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            int code = column.codes().at(row);
            read.add(code == Dictionary.NONE ? null : values.value(column.numbers()[code]));
        }
        assertThat(read).as("seed %s", seed).isEqualTo(expected);
    }

    private static Value value(int form, int number) {
        String uuid = new UUID(0x9E3779B97F4A7C15L * number, -number).toString();
        return switch (form) {
            case 0 -> Value.number(Integer.toString(number));
            case 1 -> Value.string(String.format(Locale.ROOT, "%.3f", 715_827.0 * number / 1000));
            case 2 -> Value.string("0.%d".formatted(number));
            case 3 -> Value.string(uuid);
            case 4 -> Value.string(number % 3 == 0 ? uuid : number % 3 == 1 ? uuid.toUpperCase(Locale.ROOT) : "");
            case 5 -> number % 2 == 0 ? Value.string(number + ".5") : Value.number(number + ".5");
            default -> Value.string((number % 5 == 0 ? "0" : "") + "text of many characters " + number);
        };
    }

    @Property(tries = 300)
    void idsAreReadAsTheyWereWritten(@ForAll long seed, @ForAll @IntRange(max = 300) int rows) {
        Random random = new Random(seed);
        int chance = random.nextInt(5);
        IdColumn ids = new IdColumn();
        int from = random.nextInt(rows + 1);
        Map<Integer, UUID> expected = new TreeMap<>();
        for (int row = 0; row < rows; row++) {
            if (random.nextInt(4) < chance) {
                ids.put(row, row, ~row);
                if (row >= from) {
                    expected.put(row, new UUID(row, ~row));
                }
            }
        }
        SectionBuffer section = new SectionBuffer();
        Sections.putIds(section, ids, rows);
        Map<Integer, UUID> read = new TreeMap<>();
        Sections.ids(
                section.flip().order(ByteOrder.LITTLE_ENDIAN),
                rows,
                from,
                (row, upper, lower) -> read.put(row, new UUID(upper, lower)));
        assertThat(read).as("seed %s", seed).isEqualTo(expected);
    }
}
