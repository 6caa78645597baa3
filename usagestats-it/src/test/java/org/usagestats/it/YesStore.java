package org.usagestats.it;

import java.nio.file.Path;
import java.util.Optional;
import org.usagestats.spi.ConsentStore;
import org.usagestats.spi.ConsentStoreProvider;

/** A consent store that says yes to everything; named in no services file but those that a test writes. */
public final class YesStore implements ConsentStoreProvider, ConsentStore {

    @Override
    public String name() {
        return "yes";
    }

    @Override
    public ConsentStore open(String program, Path directory) {
        return this;
    }

    @Override
    public Optional<String> read() {
        return Optional.of("decision:ENABLED\n");
    }

    @Override
    public void write(String record) {
        throw new AssertionError("never to be asked");
    }
}
