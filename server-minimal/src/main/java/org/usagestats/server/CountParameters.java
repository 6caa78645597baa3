package org.usagestats.server;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.usagestats.sink.Query;

/** Reads the parameters of a count; one that is not known is refused, since a typing error must not widen a question. */
final class CountParameters {

    private static final Pattern LIMIT = Pattern.compile("[0-9]{1,18}");

    private final List<String> groupBy = new ArrayList<>();
    private @Nullable Long limit;

    private CountParameters() {}

    static Query query(@Nullable String rawQuery) throws Refusal {
        CountParameters parameters = new CountParameters();
        if (rawQuery != null) {
            for (String parameter : rawQuery.split("&", -1)) {
                parameters.read(parameter);
            }
        }
        Query query = Query.count(parameters.groupBy.toArray(String[]::new));
        Long limit = parameters.limit;
        return limit == null || limit == 0 ? query : query.overNewest(limit);
    }

    private void read(String parameter) throws Refusal {
        int equals = parameter.indexOf('=');
        String name = decoded(equals < 0 ? parameter : parameter.substring(0, equals));
        String value = decoded(equals < 0 ? "" : parameter.substring(equals + 1));
        switch (name) {
            case "group_by" -> addDimensions(value);
            case "limit" -> setLimit(value);
            case "" -> requireNoValue(value);
            default -> throw refusal("unknown parameter \"" + name + "\"", "there are group_by and limit");
        }
    }

    private void addDimensions(String paths) throws Refusal {
        if (paths.isBlank()) {
            return;
        }
        for (String path : paths.split(",", -1)) {
            if (path.isBlank()) {
                throw refusal("empty path in group_by", "group_by holds paths separated by single commas");
            }
            groupBy.add(path.strip());
        }
    }

    private void setLimit(String value) throws Refusal {
        if (limit != null) {
            throw refusal("limit is given more than once", "once is enough");
        }
        if (!LIMIT.matcher(value).matches()) {
            throw refusal(
                    "invalid limit \"" + value + "\"", "limit is the number of newest reports to count, 0 for all");
        }
        limit = Long.valueOf(value);
    }

    private static void requireNoValue(String value) throws Refusal {
        if (!value.isEmpty()) {
            throw refusal("a parameter has no name", "there are group_by and limit");
        }
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static Refusal refusal(String reason, String allowed) {
        return Refusal.ofRequest(400, reason, allowed);
    }
}
