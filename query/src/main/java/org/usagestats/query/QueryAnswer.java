package org.usagestats.query;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.usagestats.sink.Query;
import org.usagestats.sink.QueryResult;

/**
 * An answer and what belongs to it.
 *
 * @param query the question
 * @param result the rows
 * @param asked when it was asked: all that was received before is in it
 * @param took how long it took
 * @param warnings what may not be as the asker thinks
 */
public record QueryAnswer(Query query, QueryResult result, Instant asked, Duration took, List<Warning> warnings) {

    /** Copies the list. */
    public QueryAnswer {
        warnings = List.copyOf(warnings);
    }

    /**
     * Something that may not be as the asker thinks.
     *
     * @param code a word for programs
     * @param detail one line for people
     * @param hint what may have been meant; empty if nothing comes to mind
     */
    public record Warning(String code, String detail, String hint) {}

    /**
     * The word by which the next page is asked for.
     *
     * @return what {@code after} is to be, if there is another page
     */
    public Optional<String> next() {
        return result.groups()
                .next()
                .map(row -> PageCursor.text(row, query.columns(), query.rows().order()));
    }
}
