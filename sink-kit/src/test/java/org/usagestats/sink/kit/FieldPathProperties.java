package org.usagestats.sink.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

class FieldPathProperties {

    private static final JsonTree VALUE = new JsonTree.Text("here");

    @Property
    void anyFlatKeyIsFoundByItself(@ForAll("keys") String key) {
        assertThat(new FieldPath(key).find(new JsonTree.Members(Map.of("x", VALUE, key, VALUE))))
                .contains(VALUE);
    }

    @Property
    void namesJoinedByEitherSeparatorLeadThroughObjects(
            @ForAll @Size(min = 1, max = 8) List<@AlphaChars @StringLength(min = 1, max = 3) String> names,
            @ForAll List<Boolean> dollars) {
        JsonTree tree = VALUE;
        StringBuilder path = new StringBuilder(names.get(0));
        for (int i = 1; i < names.size(); i++) {
            path.append(i < dollars.size() && dollars.get(i) ? '$' : '.').append(names.get(i));
        }
        for (int i = names.size() - 1; i >= 0; i--) {
            tree = new JsonTree.Members(Map.of(names.get(i), tree));
        }

        assertThat(new FieldPath(path.toString()).find((JsonTree.Members) tree)).contains(VALUE);
    }

    @Property
    void longestOfTheNamesWins(@ForAll @Size(min = 1, max = 5) Set<@IntRange(min = 1, max = 9) Integer> lengths) {
        Map<String, JsonTree> members = new LinkedHashMap<>();
        lengths.forEach(length -> members.put(chain(length), new JsonTree.Text("name of " + length)));
        int longest = Collections.max(lengths);

        assertThat(new FieldPath(chain(longest) + ".0").find(new JsonTree.Members(members)))
                .contains(new JsonTree.Text("n"));
        assertThat(new FieldPath(chain(10))
                        .find(new JsonTree.Members(
                                Map.of(chain(longest), new JsonTree.Members(Map.of(chain(10 - longest), VALUE))))))
                .contains(VALUE);
    }

    private static String chain(int length) {
        return "a" + ".a".repeat(length - 1);
    }

    @Provide
    Arbitrary<String> keys() {
        return Arbitraries.strings()
                .withChars(".$ \ta0é-")
                .ofMinLength(1)
                .ofMaxLength(8)
                .filter(key -> !key.equals("x"));
    }
}
