package org.usagestats.server;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.usagestats.server.http.Refusal;
import org.usagestats.server.settings.Choice;

/**
 * The parameters of an address that has some of its own, each given once, beside those of a question.
 *
 * @param own its own
 * @param question the others, as they were sent
 */
record OwnParameters(Map<String, String> own, String question) {

    /**
     * Parts them.
     *
     * @param names which are its own
     * @param rawQuery what stands behind the question mark of an address
     */
    static OwnParameters of(Set<String> names, Optional<String> rawQuery) throws Refusal {
        Map<String, String> own = new HashMap<>();
        List<String> question = new ArrayList<>();
        for (String parameter : rawQuery.orElse("").split("&", -1)) {
            int equals = parameter.indexOf('=');
            String name = equals < 0 ? parameter : parameter.substring(0, equals);
            if (!names.contains(name)) {
                question.add(parameter);
            } else if (own.put(name, decoded(name, parameter.substring(equals + 1))) != null) {
                throw Refusal.ofRequest(400, name + " is given twice", "");
            }
        }
        return new OwnParameters(Map.copyOf(own), String.join("&", question));
    }

    private static String decoded(String name, String value) throws Refusal {
        try {
            return URLDecoder.decode(value, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException illFormed) {
            throw Refusal.ofRequest(400, name + " is ill-formed", "a % stands before two hexadecimal digits");
        }
    }

    Optional<String> own(String name) {
        return Optional.ofNullable(own.get(name));
    }

    /** Its own parameter that is one of some words. */
    <E extends Enum<E>> E choice(String name, Class<E> type, E byDefault) throws Refusal {
        String word = own.getOrDefault(name, Choice.word(byDefault));
        return Choice.of(type, word)
                .orElseThrow(() ->
                        Refusal.ofRequest(400, name + " is one of " + Choice.words(type), "not \"" + word + "\""));
    }
}
