package org.usagestats.sink;

import java.io.IOException;
import java.util.List;
import org.usagestats.api.Erasure;

/** A sink that erases reports for those who sent them. */
public interface ErasableSink extends ReportSink {

    /**
     * Erases each report that has the id and came with the hash of the secret.
     *
     * <p>When this returns, the erasure survives a crash, and no query, count or export knows the report any more; within a
     * minute not a byte of it is left in what the sink keeps. Its id stays taken as long as other ids do, so that a copy
     * which arrives late is acknowledged as a duplicate and not kept.
     *
     * <p>A wrong secret erases nothing. Neither does an unknown id, except that for the next ten minutes a report which
     * arrives with that id and the right hash is acknowledged and not kept: it was under way when its sender asked. The
     * caller cannot tell these cases apart.
     *
     * @param erasures what to erase
     * @throws IOException if it cannot be said that the wish is kept; the sender will ask again
     */
    void erase(List<Erasure> erasures) throws IOException;
}
