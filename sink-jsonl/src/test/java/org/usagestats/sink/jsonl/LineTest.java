package org.usagestats.sink.jsonl;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

class LineTest {

    @Test
    void aLineIsTheObjectWithItsChecksumAsTheLastMember() {
        CRC32C crc = new CRC32C();
        crc.update("{\"n\":\"1\"".getBytes(StandardCharsets.UTF_8));

        String line = new String(Line.of("{\"n\":\"1\"}".getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);

        assertThat(line).isEqualTo("{\"n\":\"1\",\"crc32c\":\"%08x\"}\n".formatted(crc.getValue()));
    }

    @Test
    void theChecksumIsTheOneThatOthersCompute() {
        // CRC-32C of "123456789" is e3069283 (the catalogue's check value).
        byte[] line = Line.of("123456789}".getBytes(StandardCharsets.UTF_8));

        assertThat(new String(line, StandardCharsets.UTF_8)).endsWith(",\"crc32c\":\"e3069283\"}\n");
    }

    @Test
    void everyFlippedBitShows() {
        byte[] line = Line.of("{\"n\":\"1\"}".getBytes(StandardCharsets.UTF_8));
        int end = line.length - 1;
        assertThat(Line.check(line, 0, end)).isEqualTo(Line.Check.HOLDS);

        for (int bit = 0; bit < 8 * end; bit++) {
            line[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(Line.check(line, 0, end)).as("bit %d", bit).isNotEqualTo(Line.Check.HOLDS);
            line[bit / 8] ^= (byte) (1 << bit % 8);
        }
    }

    @Test
    void aLineOfSomeoneElseHasNoChecksum() {
        byte[] line = "{\"n\":\"1\"}".getBytes(StandardCharsets.UTF_8);

        assertThat(Line.check(line, 0, line.length)).isEqualTo(Line.Check.MISSING);
        assertThat(Line.check(line, 0, 0)).isEqualTo(Line.Check.MISSING);
    }

    @Test
    void whatWasSealedIsUnsealedToTheSameBytes() {
        byte[] json = "{\"n\":\"\u00e9\"}".getBytes(StandardCharsets.UTF_8);
        byte[] line = Line.of(json);

        int end = Line.unseal(line, line.length - 1);

        assertThat(line).startsWith(json);
        assertThat(end).isEqualTo(json.length);
    }
}
