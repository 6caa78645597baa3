package org.usagestats.api;

import java.util.List;

/**
 * Something a program may ask to be added to a report: a name for a few notes that are found out when the report is made.
 * The flags that come with the library are in {@link Flags}.
 *
 * <p>Implementations are stateless or thread-safe, answer at once (no network, no waiting), and never leave out the truth
 * about {@link #identifying()}.
 */
public non-sealed interface Flag extends Part {

    /**
     * Names every key that this flag may add.
     *
     * @return the keys, in their order in the report
     */
    List<String> keys();

    /**
     * Says what the program's author wants to learn from it, in words for users.
     *
     * @return half a sentence on one line, such as {@code which systems the program has to run on}
     */
    String purpose();

    /**
     * Tells whether what it adds can identify a person; such a flag adds nothing unless the program allowed it by name.
     *
     * @return true for a user name, a host name, a command line and the like
     */
    default boolean identifying() {
        return false;
    }

    /**
     * Finds out what to add to the report that is being submitted. A flag that does not come with this library is asked on
     * a thread of its own and waited for no longer than a quarter of a second.
     *
     * @param session the run that the report is about
     * @return the notes, possibly none, with keys out of {@link #keys()}
     */
    List<Note> notes(Session session);
}
