package org.usagestats.sink.kit;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Whatever versions programs have, they have one order, and can be read without harm. */
class VersionFuzzTest {

    /** Takes a version a line. */
    @FuzzTest
    void versionsHaveOneOrder(byte[] lines) {
        List<Version> versions = new String(lines, StandardCharsets.UTF_8)
                .lines()
                .limit(4)
                .map(Version::of)
                .flatMap(Optional::stream)
                .toList();
        for (Version one : versions) {
            assertThat(Version.of(one.first(2))).map(first -> first.first(2)).contains(one.first(2));
            for (Version other : versions) {
                assertThat(Integer.signum(other.compareTo(one))).isEqualTo(-Integer.signum(one.compareTo(other)));
            }
        }
        List<Version> sorted = versions.stream().sorted().toList();
        assertThat(sorted.stream().allMatch(one -> sorted.get(0).compareTo(one) <= 0))
                .isTrue();
    }
}
