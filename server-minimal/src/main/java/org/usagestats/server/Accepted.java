package org.usagestats.server;

import com.sun.net.httpserver.HttpExchange;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.usagestats.query.AnswerFormat;
import org.usagestats.server.http.Refusal;

/** Chooses the form of an answer by the header {@code Accept} (RFC 9110, section 12.5.1). */
final class Accepted {

    private static final Pattern RANGE =
            Pattern.compile("\\s*([^\\s;/]+)/([^\\s;/]+)\\s*((?:;[^;]*)*+)", Pattern.CASE_INSENSITIVE);
    private static final Pattern QUALITY = Pattern.compile(";\\s*q=([01](?:\\.[0-9]{0,3})?)\\s*(?:;|$)");

    private Accepted() {}

    /**
     * The form that the client likes best; of several the first of these: JSON, CSV, lines of JSON, a table.
     *
     * @throws Refusal if it accepts none of them
     */
    static AnswerFormat format(HttpExchange exchange, List<AnswerFormat> offered) throws Refusal {
        List<String> headers = exchange.getRequestHeaders().getOrDefault("Accept", List.of("*/*"));
        AnswerFormat best = offered.get(0);
        double highest = 0;
        for (AnswerFormat format : offered) {
            double quality = quality(format, String.join(",", headers));
            if (quality > highest) {
                highest = quality;
                best = format;
            }
        }
        if (highest == 0) {
            throw Refusal.ofRequest(
                    406,
                    "the answer has none of the media types in Accept",
                    "there are "
                            + String.join(
                                    ", ", offered.stream().map(Accepted::type).toList()));
        }
        return best;
    }

    /** How much a client likes a form, by the most specific range that holds it. */
    private static double quality(AnswerFormat format, String accept) {
        double quality = 0;
        int closest = 0;
        for (String part : accept.split(",", -1)) {
            Matcher range = RANGE.matcher(part);
            int close = range.matches() ? closeness(range.group(1) + "/" + range.group(2), type(format)) : 0;
            if (close > closest) {
                closest = close;
                Matcher weight = QUALITY.matcher(range.group(3));
                quality = weight.find() ? Double.parseDouble(weight.group(1)) : 1;
            }
        }
        return quality;
    }

    private static int closeness(String range, String type) {
        if (range.equalsIgnoreCase(type)) {
            return 3;
        }
        if (range.equalsIgnoreCase(type.substring(0, type.indexOf('/')) + "/*")) {
            return 2;
        }
        return range.equals("*/*") ? 1 : 0;
    }

    private static String type(AnswerFormat format) {
        return format.mediaType().replaceFirst(";.*", "");
    }
}
