package org.usagestats.benchmarks.queries;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.usagestats.sink.Dimension;
import org.usagestats.sink.Filter;
import org.usagestats.sink.Metric;
import org.usagestats.sink.Operator;
import org.usagestats.sink.Query;
import org.usagestats.sink.Selection;
import org.usagestats.sink.Span;

/** What is asked, in the languages of those who are asked. */
public enum Question {
    /** The number of reports by command. */
    ONE_KEY("q1", "group_by=command&metrics=count", "SELECT command, count(*) FROM %s GROUP BY command"),
    /** The number of reports by command and country. */
    TWO_KEYS(
            "q2",
            "group_by=command,country&metrics=count",
            "SELECT command, country, count(*) FROM %s GROUP BY command, country"),
    /** The number of users by day. */
    USERS_BY_DAY(
            "qd",
            "group_by=time:day&metrics=distinct(user)",
            "SELECT day, count(DISTINCT \"user\") FROM %s GROUP BY day"),
    /** The number of reports by command, of one country. */
    FILTERED(
            "qf",
            "group_by=command&metrics=count&f.country=eq." + Question.COUNTRY,
            "SELECT command, count(*) FROM %s WHERE country = '" + Question.COUNTRY + "' GROUP BY command"),
    /** The median of a number of half a million different values. */
    MEDIAN("qm", "metrics=p50(session_time)", "SELECT quantile_disc(CAST(session_time AS DOUBLE), 0.5) FROM %s"),
    /** The number of users by the week of their first report, and by how many weeks after it they are seen. */
    WHO_STAYS(
            "qs",
            "group_by=first(user,week),age(user,week)&metrics=distinct(user)",
            "SELECT CAST(first AS DATE), date_diff('day', first, week) // 7, count(DISTINCT \"user\") FROM (SELECT \"user\", "
                    + "date_trunc('week', day) AS week, min(date_trunc('week', day)) OVER (PARTITION BY \"user\") AS first "
                    + "FROM %s) GROUP BY 1, 2");

    /** The country that {@link #FILTERED} asks about. */
    public static final String COUNTRY = "DE";

    /** Those that everybody is asked. */
    static final Set<Question> SIMPLE = Collections.unmodifiableSet(EnumSet.range(ONE_KEY, FILTERED));

    private static final Dimension BY_COMMAND = new Dimension.Field("command");
    private static final Dimension BY_COUNTRY = new Dimension.Field("country");

    private final String title;
    private final String address;
    private final String sql;

    Question(String title, String address, String sql) {
        this.title = title;
        this.address = address;
        this.sql = sql;
    }

    String title() {
        return title;
    }

    /**
     * The question to a sink.
     *
     * @return the question
     */
    public Query query() {
        return switch (this) {
            case ONE_KEY -> Query.of(List.of(BY_COMMAND), new Metric.Count());
            case TWO_KEYS -> Query.of(List.of(BY_COMMAND, BY_COUNTRY), new Metric.Count());
            case USERS_BY_DAY -> Query.of(List.of(new Dimension.Time(Span.DAY)), new Metric.Distinct("user"));
            case FILTERED ->
                ONE_KEY.query()
                        .withSelection(
                                Selection.ALL.filter(new Filter.Test(BY_COUNTRY, Operator.EQ, List.of(COUNTRY))));
            case MEDIAN -> Query.of(List.of(), new Metric.Quantile("session_time", new BigDecimal("0.5")));
            case WHO_STAYS ->
                Query.of(
                        List.of(new Dimension.First("user", Span.WEEK), new Dimension.Age("user", Span.WEEK)),
                        new Metric.Distinct("user"));
        };
    }

    /** The question to a collector: what follows the path. */
    String address() {
        return address;
    }

    /**
     * The question to a database.
     *
     * @param table a table or a view that has the columns {@code command}, {@code country}, {@code user} and {@code day}; for
     *     others than the simple questions also {@code session_time}, and in DuckDB
     * @return a statement
     */
    public String sql(String table) {
        return sql.replace("%s", table);
    }
}
