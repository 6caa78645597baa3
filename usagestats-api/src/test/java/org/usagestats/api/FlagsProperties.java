package org.usagestats.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

class FlagsProperties {

    private static final List<String> READ = List.of(
            "os.name",
            "os.arch",
            "os.version",
            "java.vendor",
            "java.runtime.version",
            "java.version.date",
            "java.vm.name",
            "java.vm.version",
            "sun.arch.data.model",
            "user.name",
            "sun.java.command");

    /** What a property that is not there is given as. */
    private static final String MISSING = "missing";

    @Property
    void noFlagThrowsOrSaysNothingWhateverThePropertiesSay(
            @ForAll @Size(11) List<@net.jqwik.api.From("values") String> values) {
        List<Note> notes = notesWith(values);

        assertThat(notes).allSatisfy(note -> assertThat(note.value()).isNotBlank());
        assertThat(notes).extracting(Note::key).contains("architecture", "system", "java", "time.utc");
        assertThat(TextFormat.decode(TextFormat.encode(notes))).hasSameSizeAs(notes);
    }

    @Provide
    Arbitrary<String> values() {
        return Arbitraries.oneOf(
                Arbitraries.of(MISSING, "", " ", "\u2003", "?", "Linux", "\ud800", "a\nb:c\r", "x".repeat(100_000)),
                Arbitraries.strings().ofMaxLength(20));
    }

    private static List<Note> notesWith(List<String> values) {
        Properties before = (Properties) System.getProperties().clone();
        try {
            for (int i = 0; i < READ.size(); i++) {
                if (values.get(i).equals(MISSING)) {
                    System.clearProperty(READ.get(i));
                } else {
                    System.setProperty(READ.get(i), values.get(i));
                }
            }
            List<Note> notes = new ArrayList<>();
            for (Flag flag : FlagsTest.flags()) {
                notes.addAll(flag.notes(() -> Duration.ZERO));
            }
            return notes;
        } finally {
            System.setProperties(before);
        }
    }
}
