package org.usagestats.testkit;

import java.util.List;

/**
 * What {@link LeakCheck} found in one state.
 *
 * @param state the state
 * @param leaks what the program did and should not have done; empty if it is clean in all that was checked
 * @param notChecked what could not be checked here, and why; empty if all was
 */
public record Verdict(CheckedState state, List<Leak> leaks, List<String> notChecked) {

    /** Copies the lists. */
    public Verdict {
        leaks = List.copyOf(leaks);
        notChecked = List.copyOf(notChecked);
    }

    /**
     * The verdict for people.
     *
     * @return one line with the state and the result, then one for each leak and for each thing not checked
     */
    public String text() {
        StringBuilder text = new StringBuilder(state.title());
        text.append(leaks.isEmpty() ? ": no leak" : ": " + leaks.size() + (leaks.size() == 1 ? " leak" : " leaks"));
        for (Leak leak : leaks) {
            text.append("\n    ").append(leak);
        }
        for (String part : notChecked) {
            text.append("\n    not checked: ").append(part);
        }
        return text.toString();
    }
}
