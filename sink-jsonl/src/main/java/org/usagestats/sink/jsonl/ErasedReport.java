package org.usagestats.sink.jsonl;

import org.usagestats.api.Erasure;
import org.usagestats.sink.kit.EraseKey;

/**
 * A report that is to be erased, or was.
 *
 * @param key what it is found by
 * @param id what its id is known by once the report is gone
 */
record ErasedReport(EraseKey key, EraseKey id) {

    static ErasedReport of(Erasure erasure) {
        return new ErasedReport(EraseKey.of(erasure), EraseKey.ofId(erasure.id()));
    }
}
