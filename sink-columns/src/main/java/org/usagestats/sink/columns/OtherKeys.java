package org.usagestats.sink.columns;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import org.usagestats.sink.ServerField;
import org.usagestats.sink.kit.FieldPath;
import org.usagestats.sink.kit.ReportTime;

/** The keys that reports of a part have, and that have no column: a question about one is answered from the reports themselves. */
final class OtherKeys {

    /** Whose values are nearly all different, or kept as times. */
    private static final Set<String> NEVER =
            Set.of(ServerField.REPORT_ID, ServerField.SERVER_TIME, ServerField.SUBMITTED_ERASE, ReportTime.DATE);

    private static final int MOST_CHARACTERS = 1 << 15;

    private final Set<String> names = new LinkedHashSet<>();
    private boolean countless;
    private int characters;

    /** Takes the keys that are there. */
    OtherKeys copy() {
        OtherKeys copy = new OtherKeys();
        copy.names.addAll(names);
        copy.characters = characters;
        copy.countless = countless;
        return copy;
    }

    /** Adds a key. */
    void add(String name) {
        if (!countless && names.add(name)) {
            characters += name.length();
            countless = characters > MOST_CHARACTERS;
        }
    }

    /** Says that there are more than can be listed. */
    void addCountless() {
        countless = true;
    }

    /** Tells whether there are more than can be listed. */
    boolean isCountless() {
        return countless;
    }

    Set<String> names() {
        return Collections.unmodifiableSet(names);
    }

    /** Tells whether a path may lead through one of these keys. */
    boolean mayBegin(FieldPath path) {
        return countless || (!names.isEmpty() && !path.starts(names).isEmpty());
    }

    /** Tells whether a path may lead through a key that never has a column. */
    static boolean neverHas(FieldPath path) {
        return !path.starts(NEVER).isEmpty();
    }
}
