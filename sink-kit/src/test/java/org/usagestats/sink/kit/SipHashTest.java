package org.usagestats.sink.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SipHashTest {

    /** The key of the authors' test vectors: the bytes 0 to 15. */
    private final SipHash hash = new SipHash(0x0706050403020100L, 0x0f0e0d0c0b0a0908L);

    /** The input of the authors' test vectors: as many bytes from 0 upwards. */
    @ParameterizedTest
    @CsvSource({
        "0, 726fdb47dd0e0e31",
        "1, 74f839c593dc67fd",
        "7, ab0200f58b01d137",
        "8, 93f5f5799a932462",
        "15, a129ca6149be45e5",
        "63, 958a324ceb064572"
    })
    void agreesWithTheAuthorsVectors(int length, String expected) {
        byte[] data = new byte[length + 2];
        for (int i = 0; i < length; i++) {
            data[i + 1] = (byte) i;
        }

        assertThat(Long.toHexString(hash.hash(data, 1, 1 + length))).isEqualTo(expected);
    }

    @Test
    void twoNumbersAreHashedAsTheirSixteenBytes() {
        byte[] bytes = ByteBuffer.allocate(16)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(-5)
                .putLong(77)
                .array();

        assertThat(hash.hash(-5, 77)).isEqualTo(hash.hash(bytes, 0, 16));
    }
}
