package org.usagestats.sink.kit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VersionTest {

    @Test
    void versionOfAnyLengthIsRead() {
        Version version = Version.of("1" + ".2".repeat(30_000) + "-rc").orElseThrow();

        assertThat(version.numbers()).hasSize(30_001);
        assertThat(version.first(2)).isEqualTo("1.2");
        assertThat(version.preRelease()).isEqualTo("rc");
    }

    @Test
    void whatFollowsTheNumbersIsKept() {
        assertThat(Version.of("1.2.x")).map(Version::rest).contains(".x");
        assertThat(Version.of("1.2.")).map(Version::rest).contains(".");
    }
}
