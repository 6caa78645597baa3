package org.usagestats.query;

import java.util.ArrayList;
import java.util.List;

/** What a question is answered with, which decides the parameters that it may have. */
public enum QuestionKind {
    /** Rows of metrics. {@code limit} is the number of rows. */
    QUERY(
            List.of("group_by", "metrics"),
            List.of("last", "values", "top", "other", "order", "min_count", "fill", "limit", "k", "after", "format")),
    /**
     * Counts as Python Analytics answers them. {@code limit} is the number of the newest reports that are looked at, and 0
     * for all; values are told apart as text unless it says otherwise.
     */
    COUNT(List.of("group_by"), List.of("last", "limit", "values", "top", "min_count", "k", "format")),
    /** The values of {@code path} that begin with {@code prefix}, with their counts; {@code limit} is the number of values. */
    VALUES(List.of("path", "prefix"), List.of("last", "limit", "k", "format")),
    /** The reports themselves. */
    EXPORT(List.of(), List.of("format"));

    @SuppressWarnings("ImmutableEnumChecker") // Made by List.copyOf, which makes immutable ones.
    private final List<String> words;

    QuestionKind(List<String> before, List<String> after) {
        List<String> all = new ArrayList<>(before);
        all.addAll(List.of("from", "to", "period", "tz", "clock"));
        all.addAll(after);
        this.words = List.copyOf(all);
    }

    /**
     * The parameters that a question of this kind may have, beside the tests, each {@code f.} and a dimension.
     *
     * @return their names
     */
    public List<String> words() {
        return words;
    }

    /**
     * The forms that its answer may have.
     *
     * @return the forms, the usual one first
     */
    public List<AnswerFormat> formats() {
        return this == EXPORT ? List.of(AnswerFormat.NDJSON, AnswerFormat.CSV) : List.of(AnswerFormat.values());
    }

    /**
     * Says that a name is none of the words.
     *
     * @param tests where tests stand
     */
    String refusal(String tests) {
        return "it is no parameter, there are " + String.join(", ", words) + " and " + tests;
    }
}
