package org.usagestats.sink.jsonl;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * Something that a property does to a sink.
 *
 * @param action what it does
 * @param report to the report of which number, where it is done to one
 */
record Step<A>(A action, int report) {

    /** Makes a run of 5 to 40 actions, each to one of so few reports that many meet the same. */
    static <A> Arbitrary<List<Step<A>>> several(Arbitrary<A> actions) {
        return Combinators.combine(actions, Arbitraries.integers().between(0, 12))
                .as((action, report) -> new Step<>(action, report))
                .list()
                .ofMinSize(5)
                .ofMaxSize(40);
    }
}
