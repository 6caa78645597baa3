package org.usagestats.sink.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.usagestats.api.Erasure;

class EraseKeyTest {

    private static final UUID ID = UUID.fromString("00010203-0405-0607-0809-0a0b0c0d0e0f");

    /** By {@code printf '\0\1…\17' | sha256sum}: what is on disk must be found by every later version. */
    @Test
    void isTheFirstHalfOfTheHashOfIdAndHash() {
        assertThat(EraseKey.ofId(ID)).isEqualTo(new EraseKey(0xbe45cb2605bf36beL, 0xbde684841a28f0fdL));
        assertThat(EraseKey.of(ID, "0".repeat(64))).isEqualTo(new EraseKey(0x465c115b0637508aL, 0xe0cde79b9e9cce81L));
    }

    @Test
    void isThatOfTheReportForTheRightSecretOnly() {
        Erasure right = new Erasure(ID, "1".repeat(64));

        assertThat(EraseKey.of(right)).isEqualTo(EraseKey.of(ID, right.hash()));
        assertThat(EraseKey.of(new Erasure(ID, "2".repeat(64)))).isNotEqualTo(EraseKey.of(right));
        assertThat(EraseKey.of(new Erasure(ID, right.hash()))).isNotEqualTo(EraseKey.of(right));
        assertThat(EraseKey.of(new Erasure(new UUID(0, 0), right.secret()))).isNotEqualTo(EraseKey.of(right));
    }
}
