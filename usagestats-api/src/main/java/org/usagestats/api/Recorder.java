package org.usagestats.api;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Takes notes and submits them as reports: all that a library needs of usage statistics.
 *
 * <p>Nothing here throws, prints, or waits for the network; without the user's consent nothing leaves the machine. Safe
 * for use by many threads; notes taken by several threads go into one report in the order in which they came.
 */
@SuppressWarnings("exports") // The null annotations are for compilers that know them; nobody needs their module.
public interface Recorder {

    /**
     * Notes something for the next report. Keys may repeat and keep their order. Touches no disk.
     *
     * @param key 1 to 64 characters out of {@code A-Z a-z 0-9 _ . -}, and not one that the library writes itself ({@code
     *     date}, {@code user}, {@code version}, {@code program}); anything else is quietly refused
     * @param value anything with a telling {@code toString}; null is quietly refused
     */
    void note(@Nullable String key, @Nullable Object value);

    /**
     * Notes several things for the next report, in the order of the map.
     *
     * @param notes keys and values, as for {@link #note(String, Object)}
     */
    void note(@Nullable Map<String, ?> notes);

    /**
     * Submits what was noted so far as one report and starts a fresh one. Writes at most one file; how and when it is
     * sent is no concern of the caller's.
     *
     * @param parts more notes for this report, and flags; notes stand before flags, otherwise their order is kept
     * @return what became of the report
     */
    Submission submit(Part... parts);

    /**
     * Returns a recorder that does nothing, for a library whose program holds no usage statistics.
     *
     * @return a recorder that discards all
     */
    static Recorder none() {
        return SilentRecorder.INSTANCE;
    }
}
