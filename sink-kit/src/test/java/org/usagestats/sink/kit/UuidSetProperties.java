package org.usagestats.sink.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class UuidSetProperties {

    @Property(tries = 200)
    void holdsWhatASetHolds(@ForAll @Size(max = 1000) List<@IntRange(max = 900) Integer> numbers) {
        UuidSet set = new UuidSet();
        Set<UUID> model = new HashSet<>();
        for (int number : numbers) {
            UUID id = new UUID(number % 30, number / 30);

            assertThat(set.add(id)).isEqualTo(model.add(id));
        }
    }
}
