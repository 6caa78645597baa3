package org.usagestats.sink.columns;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** UUIDs are read eight digits at a time; the JDK's own class says what is right. */
class HexProperties {

    private static final String CANONICAL = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

    @Property
    void everyUuidIsReadAndWrittenAsItIs(@ForAll long upper, @ForAll long lower) {
        byte[] text = new UUID(upper, lower).toString().getBytes(StandardCharsets.US_ASCII);
        assertThat(Hex.isUuid(text, 0, text.length)).isTrue();
        assertThat(Hex.upper(text, 0)).isEqualTo(upper);
        assertThat(Hex.lower(text, 0)).isEqualTo(lower);

        byte[] written = new byte[Hex.LENGTH];
        Hex.write(upper, lower, written);
        assertThat(written).isEqualTo(text);
    }

    @Property
    void oneOtherByteMakesItNone(
            @ForAll long upper, @ForAll long lower, @ForAll @IntRange(max = 35) int place, @ForAll byte other) {
        byte[] text = new UUID(upper, lower).toString().getBytes(StandardCharsets.US_ASCII);
        text[place] = other;
        boolean is = new String(text, StandardCharsets.ISO_8859_1).matches(CANONICAL);
        assertThat(Hex.isUuid(text, 0, text.length)).isEqualTo(is);
    }
}
