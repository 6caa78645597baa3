package org.usagestats.server;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.usagestats.sink.Query;

/** Writes the link to the next page of an answer (RFC 8288). */
final class PageLink {

    private static final Set<String> REPLACED = Set.of("after", "period", "from", "to");

    private PageLink() {}

    /** The same question from a row on, its period in bounds: they must not move between two pages. */
    static String next(URI asked, Query query, String after) {
        String address = asked.toASCIIString();
        int mark = address.indexOf('?');
        List<String> parameters = new ArrayList<>();
        for (String parameter :
                mark < 0 ? new String[0] : address.substring(mark + 1).split("&", -1)) {
            if (!REPLACED.contains(parameter.split("=", 2)[0])) {
                parameters.add(parameter);
            }
        }
        query.selection().from().ifPresent(from -> parameters.add("from=" + encoded(from)));
        query.selection().to().ifPresent(to -> parameters.add("to=" + encoded(to)));
        parameters.add("after=" + after);
        return "<" + asked.getRawPath() + "?" + String.join("&", parameters) + ">; rel=\"next\"";
    }

    private static String encoded(Instant time) {
        return URLEncoder.encode(time.toString(), StandardCharsets.UTF_8);
    }
}
