package org.usagestats.api;

import java.util.List;

/** The running Java. */
final class JavaVersionFlag implements Flag {

    @Override
    public List<String> keys() {
        return List.of("java");
    }

    @Override
    public String purpose() {
        return "which versions of Java the program has to run on";
    }

    @Override
    public List<Note> notes(Session session) {
        Runtime.Version version = Runtime.version();
        String vendor = System.getProperty("java.vendor", "unknown");
        return List.of(
                new Note("java", version.feature() + ";" + version.interim() + ";" + version.update() + ";" + vendor));
    }
}
