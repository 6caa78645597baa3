package org.usagestats.server;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.usagestats.query.Nearest;
import org.usagestats.query.QueryAnswer;
import org.usagestats.query.QueryPaths;
import org.usagestats.sink.Query;
import org.usagestats.sink.QueryResult;
import org.usagestats.sink.SeenField;
import org.usagestats.sink.ServerField;

/** Warns of paths that no report has: they are no mistake in themselves, but mostly one of typing. */
final class UnknownPaths {

    /** What no list of fields has, and reports have. */
    private static final List<String> UNLISTED =
            List.of(ServerField.SERVER_TIME, ServerField.REPORT_ID, ServerField.SUBMITTED_ERASE, "date");

    private static final Pattern SEPARATOR = Pattern.compile("[.$]");

    private UnknownPaths() {}

    /** Tells whether an answer looks as if a path in its question were wrong, so that it is worth to list the fields. */
    static boolean suspected(Query query, QueryResult result) {
        if (result.coverage().examined() == 0) {
            return false;
        }
        for (int i = 0; i < query.metrics().size(); i++) {
            int metric = i;
            boolean empty = result.rows().stream()
                    .map(row -> row.metrics().get(metric).doubleValue())
                    .allMatch(number -> number == 0 || number.isNaN());
            if (empty) {
                return true;
            }
        }
        return result.coverage().matched() == 0;
    }

    static List<QueryAnswer.Warning> warnings(Query query, List<SeenField> fields) {
        Set<String> names = new LinkedHashSet<>(UNLISTED);
        fields.forEach(field -> names.add(field.name()));
        List<QueryAnswer.Warning> warnings = new ArrayList<>();
        for (String path : QueryPaths.of(query)) {
            if (!isKnown(path, names)) {
                warnings.add(
                        new QueryAnswer.Warning("unknown-path", "no report has " + path, Nearest.likely(names, path)));
            }
        }
        return warnings;
    }

    /** Whether a field at the top of a report has the path's name, or that of where it begins. */
    private static boolean isKnown(String path, Collection<String> names) {
        if (path.startsWith("/")) {
            String key = path.substring(1).split("/", 2)[0].replace("~1", "/").replace("~0", "~");
            return names.contains(key);
        }
        String plain = path.replace("\\.", ".").replace("\\$", "$");
        return names.contains(plain)
                || names.stream()
                        .anyMatch(name -> plain.startsWith(name)
                                && SEPARATOR
                                        .matcher(plain.substring(name.length()))
                                        .lookingAt());
    }
}
