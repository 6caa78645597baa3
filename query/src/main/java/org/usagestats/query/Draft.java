package org.usagestats.query;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.usagestats.sink.Dimension;
import org.usagestats.sink.Filter;
import org.usagestats.sink.Metric;
import org.usagestats.sink.Operator;
import org.usagestats.sink.Order;
import org.usagestats.sink.Query;
import org.usagestats.sink.QueryResult;
import org.usagestats.sink.Rows;
import org.usagestats.sink.Selection;

/** The parameters of a question, on their way to become one. Not for use by several threads. */
final class Draft {

    /** How the name of a parameter begins that is a test. */
    static final String TEST = "f.";

    private static final int MOST_DIMENSIONS = 8;
    private static final int MOST_METRICS = 20;
    private static final int MOST_ROWS = 1_000_000_000;

    private final QuestionKind kind;
    private final Map<String, List<String>> given;
    private final Faults faults;

    /** Makes sense of a text. */
    private interface Meaning<T> {
        T of(String text) throws Mistake;
    }

    Draft(QuestionKind kind, Map<String, List<String>> given, Faults faults) {
        this.kind = kind;
        this.given = given;
        this.faults = faults;
    }

    /**
     * Makes the question.
     *
     * @param filter a filter beside the tests
     */
    Question question(Filter filter, Instant now) throws QuestionException {
        given.keySet().forEach(this::requireKnown);
        List<Dimension> groupBy =
                kind == QuestionKind.VALUES ? path() : all("group_by", Terms::dimensions, MOST_DIMENSIONS);
        List<Metric> asked = all("metrics", Terms::metrics, MOST_METRICS);
        List<Metric> metrics = asked.isEmpty() ? List.of(new Metric.Count()) : asked;
        Query.Values values = word("values", Query.Values.class)
                .orElse(kind == QuestionKind.COUNT ? Query.Values.TEXT : Query.Values.TYPED);
        Selection selection = selection(prefix(filter, groupBy), now);
        Rows rows = rows(columns(groupBy, metrics));
        Optional<AnswerFormat> format = one("format", text -> Words.read(kind.formats(), text));
        faults.throwIfAny();
        return new Question(query(new Query(groupBy, metrics, values, selection, Rows.ALL), rows), format);
    }

    private Query query(Query query, Rows rows) throws QuestionException {
        try {
            Optional<QueryResult.Row> after = one("after", text -> PageCursor.row(text, query.columns(), rows.order()));
            faults.throwIfAny();
            return query.withRows(after.map(rows::after).orElse(rows));
        } catch (IllegalArgumentException refused) {
            faults.add("fill", new Mistake(String.valueOf(refused.getMessage())));
            faults.throwIfAny();
            throw refused;
        }
    }

    private List<Dimension> path() {
        if (!given.containsKey("path")) {
            faults.add("path", new Mistake("it is needed: the path whose values are wanted"));
        }
        return one("path", Terms::dimension).stream().toList();
    }

    private Filter prefix(Filter filter, List<Dimension> path) {
        Optional<Filter> prefix = path.isEmpty()
                ? Optional.empty()
                : one("prefix", text -> FilterText.test(path.get(0), Operator.PREFIX, List.of(text)));
        return prefix.orElse(filter);
    }

    /** The names of the columns, none of which is there twice. */
    private List<String> columns(List<Dimension> groupBy, List<Metric> metrics) {
        Set<String> columns = new LinkedHashSet<>();
        for (Dimension dimension : groupBy) {
            if (!columns.add(dimension.name())) {
                faults.add("group_by", new Mistake("there is more than one column " + dimension.name()));
            }
        }
        for (Metric metric : metrics) {
            if (!columns.add(metric.name())) {
                faults.add("metrics", new Mistake("there is more than one column " + metric.name()));
            }
        }
        return List.copyOf(columns);
    }

    private Selection selection(Filter filter, Instant now) {
        ZoneId zone = one("tz", Draft::zone).orElse(ZoneOffset.UTC);
        Moments moments = new Moments(now, zone);
        Optional<Moments.Bounds> period = one("period", moments::period);
        Optional<Instant> from = one("from", moments::moment);
        Optional<Instant> to = one("to", moments::moment);
        if (period.isPresent() && (from.isPresent() || to.isPresent())) {
            faults.add("period", new Mistake("it is given instead of from and to, not beside them"));
        }
        if (from.isPresent() && to.isPresent() && !from.get().isBefore(to.get())) {
            faults.add("to", new Mistake("it is later than from, and the first moment that does not count"));
        }
        return new Selection(
                newest(),
                filter(filter),
                period.flatMap(Moments.Bounds::from).or(() -> from),
                period.flatMap(Moments.Bounds::to).or(() -> to),
                word("clock", Selection.Clock.class).orElse(Selection.Clock.RECEIVED),
                zone);
    }

    private OptionalLong newest() {
        OptionalLong last = number("last", 1, Long.MAX_VALUE);
        if (kind != QuestionKind.COUNT) {
            return last;
        }
        OptionalLong limit = number("limit", 0, Long.MAX_VALUE);
        if (last.isPresent() && limit.isPresent()) {
            faults.add("limit", new Mistake("here it is the same as last, the number of the newest reports"));
        }
        return limit.isPresent() && limit.getAsLong() > 0 ? limit : last;
    }

    private Filter filter(Filter tree) {
        List<Filter> filters = new ArrayList<>();
        given.forEach((name, texts) -> {
            if (name.startsWith(TEST)) {
                texts.forEach(text -> filters.addAll(tests(name, text)));
            }
        });
        if (!tree.equals(Filter.ALL)) {
            filters.add(tree);
        }
        return filters.size() == 1 ? filters.get(0) : new Filter.Every(filters);
    }

    private List<Filter> tests(String name, String text) {
        try {
            return List.of(FilterText.filter(Terms.dimension(name.substring(TEST.length())), text));
        } catch (Mistake wrong) {
            faults.add(name, wrong);
            return List.of();
        }
    }

    private Rows rows(List<String> columns) {
        List<Order> order = all("order", Terms::order, columns.size());
        order.forEach(by -> requireColumn(by, columns));
        return new Rows(
                whole("top"),
                number("min_count", 1, Long.MAX_VALUE).orElse(1),
                whole("k").orElse(1),
                one("other", Draft::rest).orElse(Rows.Rest.OTHER),
                word("fill", Rows.Fill.class).orElse(Rows.Fill.NONE),
                order,
                kind == QuestionKind.COUNT ? OptionalInt.empty() : whole("limit"),
                Optional.empty());
    }

    private void requireColumn(Order by, List<String> columns) {
        if (!columns.contains(by.column())) {
            faults.add(
                    "order",
                    Words.unknown(
                            "there is no column " + Words.quoted(by.column()) + ", only " + String.join(", ", columns),
                            columns,
                            by.column()));
        }
    }

    private static Rows.Rest rest(String text) throws Mistake {
        return switch (text) {
            case "true" -> Rows.Rest.OTHER;
            case "false" -> Rows.Rest.LEFT_OUT;
            default -> throw new Mistake("it is true or false, not " + Words.quoted(text));
        };
    }

    private static ZoneId zone(String text) throws Mistake {
        try {
            return text.equals("UTC") ? ZoneOffset.UTC : ZoneId.of(text);
        } catch (DateTimeException unknown) {
            throw new Mistake(
                    "it is a time zone such as Europe/Berlin or UTC, not " + Words.quoted(text),
                    text.length() > 100 ? "" : Nearest.likely(new TreeSet<>(ZoneId.getAvailableZoneIds()), text));
        }
    }

    private void requireKnown(String name) {
        if (!kind.words().contains(name) && !name.startsWith(TEST)) {
            faults.add(name, new Mistake("it is no parameter, " + kind.allowed(), meant(name)));
        }
    }

    /** What may have been meant by a parameter: another, or a test. */
    private String meant(String name) {
        boolean test = given.getOrDefault(name, List.of()).stream().anyMatch(FilterText::isTest);
        return test ? TEST + name : Nearest.likely(kind.words(), name);
    }

    private OptionalInt whole(String name) {
        OptionalLong number = number(name, 1, MOST_ROWS);
        return number.isPresent() ? OptionalInt.of((int) number.getAsLong()) : OptionalInt.empty();
    }

    private OptionalLong number(String name, long least, long most) {
        Optional<Long> number = one(name, text -> within(text, least, most));
        return number.isPresent() ? OptionalLong.of(number.get()) : OptionalLong.empty();
    }

    private static long within(String text, long least, long most) throws Mistake {
        try {
            long number = Long.parseLong(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException none) {
            throw new Mistake("it is a whole number, not " + Words.quoted(text));
        }
        throw new Mistake("it is a whole number from " + least + " to " + most + ", not " + text);
    }

    private <E extends Enum<E>> Optional<E> word(String name, Class<E> type) {
        return one(name, text -> Words.read(type, text));
    }

    private <T> Optional<T> one(String name, Meaning<T> meaning) {
        List<String> texts = given.getOrDefault(name, List.of());
        if (texts.isEmpty() || !kind.words().contains(name)) {
            return Optional.empty();
        }
        try {
            if (texts.size() > 1) {
                throw new Mistake("it is given more than once");
            }
            return Optional.of(meaning.of(texts.get(0)));
        } catch (Mistake wrong) {
            faults.add(name, wrong);
            return Optional.empty();
        }
    }

    private <T> List<T> all(String name, Meaning<List<T>> meaning, int most) {
        List<T> all = new ArrayList<>();
        for (String text : kind.words().contains(name) ? given.getOrDefault(name, List.of()) : List.<String>of()) {
            try {
                all.addAll(text.isBlank() ? List.of() : meaning.of(text));
            } catch (Mistake wrong) {
                faults.add(name, wrong);
            }
        }
        if (all.size() > most) {
            faults.add(name, new Mistake("there are at most " + most));
        }
        return all;
    }
}
