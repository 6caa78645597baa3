package org.usagestats.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.StringReader;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class FlagsTest {

    static List<Flag> flags() {
        return List.of(Flags.OPERATING_SYSTEM, Flags.JAVA_VERSION, Flags.SESSION_TIME);
    }

    @ParameterizedTest
    @MethodSource("flags")
    void flagAddsOnlyTheKeysThatItNames(Flag flag) {
        List<Note> notes = flag.notes(() -> Duration.ofMillis(1005));

        assertThat(notes).isNotEmpty().allSatisfy(note -> {
            assertThat(flag.keys()).contains(note.key());
            assertThat(note.value()).isNotEmpty();
        });
        assertThat(flag.identifying()).isFalse();
    }

    @Test
    void sessionTimeHasThreeDecimals() {
        assertThat(Flags.SESSION_TIME.notes(() -> Duration.ofMillis(1005)))
                .containsExactly(new Note("session_time", "1.005"));
    }

    @Test
    void javaVersionStartsWithTheFeatureNumber() {
        assertThat(Flags.JAVA_VERSION.notes(() -> Duration.ZERO).get(0).value())
                .startsWith(Runtime.version().feature() + ";");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "NAME=x/ID=debian/VERSION_ID=\"12\" | debian;12",
                "ID='void' | void;",
                "VERSION_ID=3/ID=alpine | alpine;3"
            })
    void distributionIsReadFromOsRelease(String lines, String expected) throws Exception {
        BufferedReader reader = new BufferedReader(new StringReader(lines.replace('/', '\n')));

        assertThat(OperatingSystemFlag.distribution(reader)).isEqualTo(expected);
    }
}
