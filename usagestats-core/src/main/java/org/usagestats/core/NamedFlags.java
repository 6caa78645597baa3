package org.usagestats.core;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.usagestats.api.Flag;

/** The flags that the program named, looked for when the first report is submitted. */
final class NamedFlags {

    private final List<String> names;
    private final Plugins plugins;
    private @Nullable List<Flag> found;

    NamedFlags(List<String> names, Plugins plugins) {
        this.names = List.copyOf(names);
        this.plugins = plugins;
    }

    /** The flags that are there; one that is not is told at DEBUG, once. */
    synchronized List<Flag> flags() {
        List<Flag> flags = found;
        if (flags == null) {
            flags = new ArrayList<>();
            for (String name : names) {
                add(name, flags);
            }
            found = flags;
        }
        return flags;
    }

    /** Looks for all of them; an {@link IllegalStateException} names one that is missing. */
    void verify() {
        for (String name : names) {
            plugins.flag(name).flag();
        }
    }

    private void add(String name, List<Flag> flags) {
        try {
            flags.add(plugins.flag(name).flag());
        } catch (Throwable missing) {
            DebugLog.say("a flag is left out: " + DebugLog.told(missing));
        }
    }
}
