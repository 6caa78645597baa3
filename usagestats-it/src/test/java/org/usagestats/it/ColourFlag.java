package org.usagestats.it;

import java.util.List;
import org.usagestats.api.Flag;
import org.usagestats.api.Note;
import org.usagestats.api.Session;
import org.usagestats.spi.FlagProvider;

/** A flag of somebody else's; named in no services file but those that a test writes. */
public final class ColourFlag implements FlagProvider, Flag {

    @Override
    public String purpose() {
        return "which colours people like";
    }

    @Override
    public String name() {
        return "colour";
    }

    @Override
    public Flag flag() {
        return this;
    }

    @Override
    public List<String> keys() {
        return List.of("colour");
    }

    @Override
    public List<Note> notes(Session session) {
        return List.of(new Note("colour", "blue"));
    }
}
