package org.usagestats.api;

import java.util.List;

/** How long the session has lasted. */
final class SessionTimeFlag implements Flag {

    @Override
    public List<String> keys() {
        return List.of("session_time");
    }

    @Override
    public String purpose() {
        return "how long the program is used at a time, in seconds";
    }

    @Override
    public List<Note> notes(Session session) {
        return List.of(
                new Note("session_time", TextFormat.seconds(session.elapsed().toMillis())));
    }
}
