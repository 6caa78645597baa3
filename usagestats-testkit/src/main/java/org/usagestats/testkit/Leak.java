package org.usagestats.testkit;

/**
 * Something that {@link LeakCheck} saw a program do and that its state forbids.
 *
 * @param respect what kind of thing it is
 * @param seen what was seen, in a few words
 */
public record Leak(Respect respect, String seen) {

    /** The respects in which a program is watched. */
    public enum Respect {
        /** It connected, listened, or sent something over the network. */
        CONNECTION,
        /** It looked up the address of a name. */
        LOOK_UP,
        /** Its Java started a process. */
        CHILD_PROCESS,
        /** It wrote, changed or removed a file. */
        FILE,
        /** It printed something else on standard output than it prints with usage statistics switched off. */
        STANDARD_OUTPUT,
        /** It printed something on standard error in continuous integration, where nobody can answer a prompt. */
        PROMPT,
        /** Its exit status is another than with usage statistics switched off. */
        EXIT_STATUS,
        /** It did not end by itself in time. */
        END
    }

    @Override
    public String toString() {
        return respect + ": " + seen;
    }
}
