package org.usagestats.core;

/** The right to drain one spool, held by one thread of one process at a time until it is closed. */
interface DrainLock extends AutoCloseable {

    @Override
    void close();
}
