package org.usagestats.core;

import java.io.IOException;
import java.util.Optional;
import org.usagestats.spi.ConsentStore;

/** Stands for a store that could not be opened: nothing is read from it, so there is no consent. */
final class UnopenedConsentStore implements ConsentStore {

    private final String fault;

    UnopenedConsentStore(String fault) {
        this.fault = fault;
    }

    @Override
    public Optional<String> read() throws IOException {
        throw new IOException(fault);
    }

    @Override
    public void write(String record) throws IOException {
        throw new IOException("its store could not be opened: " + fault);
    }
}
