package org.usagestats.sink.kit;

import org.jspecify.annotations.Nullable;
import org.usagestats.sink.Outcome;

/**
 * What an {@link IdWindow} knows a report by: which report it is, and what it says.
 *
 * <p>Two fingerprints of one window are equal if they are of the same report, whatever it says: the key of a map of the
 * reports that are being stored just now. One of a report that is never recognised equals itself alone. Immutable.
 */
@SuppressWarnings("exports") // The null annotations are for compilers that know them; nobody needs their module.
public final class Fingerprint {

    /** For how long a report is recognised. */
    enum Span {
        DAYS,
        MINUTES,
        NEVER
    }

    private final Span span;
    private final long identity;
    private final long content;

    Fingerprint(Span span, long identity, long content) {
        this.span = span;
        this.identity = identity;
        this.content = content;
    }

    /**
     * Says what this report is to one that equals it and came before.
     *
     * @param earlier an equal fingerprint of the same window
     * @return {@link Outcome#DUPLICATE} if both say the same, else {@link Outcome#CONFLICT}
     */
    public Outcome after(Fingerprint earlier) {
        return after(earlier.content);
    }

    Outcome after(long earlierContent) {
        return content == earlierContent ? Outcome.DUPLICATE : Outcome.CONFLICT;
    }

    Span span() {
        return span;
    }

    /** Which report it is: a hash under the window's key. */
    public long identity() {
        return identity;
    }

    /** What the report says: a hash under the window's key, or 0 if {@link #identity} covers that too. */
    public long content() {
        return content;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (!(other instanceof Fingerprint that) || span == Span.NEVER) {
            return this == other;
        }
        return span == that.span && identity == that.identity;
    }

    @Override
    public int hashCode() {
        return span == Span.NEVER ? System.identityHashCode(this) : Long.hashCode(identity);
    }

    @Override
    public String toString() {
        return span + " " + Long.toHexString(identity) + " " + Long.toHexString(content);
    }
}
