package org.usagestats.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.usagestats.sink.Dimension;
import org.usagestats.sink.Durability;
import org.usagestats.sink.Filter;
import org.usagestats.sink.Metric;
import org.usagestats.sink.Operator;
import org.usagestats.sink.Order;
import org.usagestats.sink.Query;
import org.usagestats.sink.QueryLimits;
import org.usagestats.sink.QueryResult;
import org.usagestats.sink.QueryTooLargeException;
import org.usagestats.sink.QueryableSink;
import org.usagestats.sink.ReceivedReport;
import org.usagestats.sink.Rows;
import org.usagestats.sink.SeenField;
import org.usagestats.sink.Selection;
import org.usagestats.sink.Selection.Clock;
import org.usagestats.sink.SinkConfig;
import org.usagestats.sink.SinkProvider;
import org.usagestats.sink.Span;
import org.usagestats.sink.Value;

/**
 * What every {@link QueryableSink} must answer: questions over reports, and the rows that are expected. Inherit it, hand it
 * your provider and a fresh location, and run it with JUnit.
 */
public abstract class QueryContract {

    private static final Metric COUNT = new Metric.Count();
    private static final Metric USERS = new Metric.Distinct("user");
    private static final Dimension WEEK = new Dimension.Time(Span.WEEK);

    private final Instant start = Instant.now().minusSeconds(60).truncatedTo(ChronoUnit.MILLIS);
    private int stored;
    private QueryableSink sink;

    /** For its subclasses. */
    protected QueryContract() {}

    /**
     * Makes the provider to test.
     *
     * @return a new provider
     */
    protected abstract SinkProvider provider();

    /**
     * Names a place where the sink keeps nothing yet.
     *
     * @return the location, the same for all calls within one test
     */
    protected abstract String location();

    @BeforeEach
    void open() throws IOException {
        sink = (QueryableSink) provider().open(new SinkConfig(location(), Durability.OS, "node1", Map.of()));
    }

    @AfterEach
    void close() throws IOException {
        sink.close();
    }

    @Test
    void valuesOfDifferentKindsAreDifferentGroups() throws IOException {
        store("'v':3", "'v':'3'", "'v':true", "'v':'true'", "'v':null", "'v':{'a':[1]}", "'v':'3'", "");

        QueryResult result = sink.query(Query.of(List.of(field("v")), COUNT));

        assertThat(result.rows())
                .extracting(row ->
                        row.values().get(0).kind() + " " + row.values().get(0).text())
                .containsExactly(
                        "STRING 3", "NULL null", "BOOLEAN true", "NUMBER 3", "STRING true", "JSON {\"a\":[1]}");
        assertThat(result.coverage()).isEqualTo(new QueryResult.Coverage(8, 7, 1, 0));
        assertThat(result.groups()).isEqualTo(new QueryResult.Groups(6, 0, 0, 0, Optional.empty()));
    }

    @Test
    void anArrayStandsInAGroupForEachDifferentElement() throws IOException {
        store("'f':['a','b','a'],'g':['x','y']", "'f':'a','g':'x'", "'f':[],'g':'x'");

        assertThat(texts(Query.of(List.of(field("f")), COUNT))).containsExactly(List.of("a", 2L), List.of("b", 1L));
        assertThat(texts(Query.of(List.of(field("f"), field("g")), COUNT)))
                .containsExactly(
                        List.of("a", "x", 2L), List.of("a", "y", 1L), List.of("b", "x", 1L), List.of("b", "y", 1L));
        assertThat(texts(Query.count("f")))
                .containsExactly(List.of("[\"a\",\"b\",\"a\"]", 1L), List.of("[]", 1L), List.of("a", 1L));
        assertThat(sink.query(Query.of(List.of(field("f")), COUNT)).coverage())
                .isEqualTo(new QueryResult.Coverage(3, 2, 1, 0));
    }

    @Test
    void pathsReachIntoValues() throws IOException {
        store("'a':{'b':[{'c':1},{'c':2}]}", "'a.b':'flat'", "'x/y':{'~':'tilde'}");

        assertThat(texts(Query.count("a.b.1.c"))).containsExactly(List.of("2", 1L));
        assertThat(texts(Query.count("a$b$-1$c"))).containsExactly(List.of("2", 1L));
        assertThat(texts(Query.count("/a/b/0/c"))).containsExactly(List.of("1", 1L));
        assertThat(texts(Query.count("a.b.0"))).containsExactly(List.of("f", 1L), List.of("{\"c\":1}", 1L));
        assertThat(texts(Query.count("a\\.b"))).containsExactly(List.of("flat", 1L));
        assertThat(texts(Query.count("/a.b"))).containsExactly(List.of("flat", 1L));
        assertThat(texts(Query.count("/x~1y/~0"))).containsExactly(List.of("tilde", 1L));
        assertThat(texts(Query.count("nowhere.at.all"))).isEmpty();
    }

    @Test
    void filtersTestValues() throws IOException {
        store(
                "'name':'number','v':10",
                "'name':'ten','v':'10'",
                "'name':'two','v':'two'",
                "'name':'text','v':'text'",
                "'name':'version','v':'v1.10'",
                "'name':'array','v':[1,2]",
                "'name':'null','v':null",
                "'name':'false','v':false",
                "'name':'missing'");
        assertPass(Operator.EQ, "10", "number ten");
        assertPass(Operator.NEQ, "10", "array false null text two version");
        assertPass(Operator.IN, "10,two", "number ten two");
        assertPass(Operator.GT, "9", "number ten");
        assertPass(Operator.GTE, "10", "number ten");
        assertPass(Operator.LT, "10", "array");
        assertPass(Operator.LTE, "10", "array number ten");
        assertPass(Operator.GT, "b", "false null text two version");
        assertPass(Operator.PREFIX, "t", "text two");
        assertPass(Operator.CONTAINS, "ex", "text");
        assertPass(Operator.HAS, "2", "array");
        assertPass(Operator.HAS, "k", "");
        assertPass(Operator.IS, "null", "null");
        assertPass(Operator.IS, "missing", "missing");
        assertPass(Operator.IS, "false", "false");
        assertPass(Operator.IS, "true", "");
        assertPass(Operator.VGT, "1.9", "array number ten version");
        assertPass(Operator.VGTE, "1.10.0", "array number ten version");
        assertPass(Operator.VLT, "1.10.1", "array version");
        assertPass(Operator.VLTE, "2-rc", "array version");
    }

    private void assertPass(Operator operator, String operand, String expected) throws IOException {
        List<String> operands = operator == Operator.IN ? List.of(operand.split(",")) : List.of(operand);
        List<List<Object>> names = texts(Query.of(List.of(field("name")), COUNT)
                .withSelection(Selection.ALL.filter(new Filter.Test(field("v"), operator, operands))));
        String found = names.stream().map(row -> row.get(0).toString()).collect(Collectors.joining(" "));
        assertThat(found).as(operator + " " + operand).isEqualTo(expected);
    }

    @Test
    void filtersCombine() throws IOException {
        store("'a':1,'b':1", "'a':1,'b':2", "'a':2,'b':1", "'b':1");
        Filter a = test("a", Operator.EQ, "1");
        Filter b = test("b", Operator.EQ, "1");

        assertThat(matched(new Filter.Every(List.of(a, b)))).isEqualTo(1);
        assertThat(matched(new Filter.Any(List.of(a, b)))).isEqualTo(4);
        assertThat(matched(new Filter.Not(a))).isEqualTo(2);
        assertThat(matched(new Filter.Every(List.of()))).isEqualTo(4);
        assertThat(matched(new Filter.Any(List.of()))).isZero();
        assertThat(matched(new Filter.Test(new Dimension.Coalesce("a", "none"), Operator.EQ, List.of("none"))))
                .isEqualTo(1);
    }

    private long matched(Filter filter) throws IOException {
        return sink.query(Query.count().withSelection(Selection.ALL.filter(filter)))
                .coverage()
                .matched();
    }

    @Test
    void functionsMakeGroups() throws IOException {
        store(
                "'v':'v2.10.3-rc.1','n':'-0.5','p':'Linux ; 6.1'",
                "'v':'2.9','n':1023,'p':'Darwin'",
                "'v':'dev','n':'x'");

        assertThat(texts(Query.of(List.of(new Dimension.Version("v", 2)), COUNT)))
                .containsExactly(List.of("2.9", 1L), List.of("2.10", 1L), List.of("dev", 1L));
        assertThat(texts(Query.of(List.of(new Dimension.Bin("n", new BigDecimal("0.25"))), COUNT)))
                .containsExactly(List.of("-0.5", 1L), List.of("1023", 1L));
        assertThat(texts(Query.of(List.of(new Dimension.Log2("n")), COUNT))).containsExactly(List.of("512", 1L));
        assertThat(texts(Query.of(List.of(new Dimension.Part("p", 2)), COUNT))).containsExactly(List.of("6.1", 1L));
        assertThat(texts(Query.of(List.of(new Dimension.Lower("p")), COUNT)))
                .containsExactly(List.of("darwin", 1L), List.of("linux ; 6.1", 1L));
        assertThat(texts(Query.of(List.of(new Dimension.Coalesce("p", "?")), COUNT)))
                .containsExactly(List.of("?", 1L), List.of("Darwin", 1L), List.of("Linux ; 6.1", 1L));
    }

    @Test
    void versionsAreSortedAsVersions() throws IOException {
        store("'version':'1.10'", "'version':'1.9'", "'version':'none'", "'version':'v1.9.1'", "'version':'10.0'");
        Query query = Query.of(List.of(new Dimension.Version("version", 3)), COUNT)
                .withRows(Rows.ALL.order(new Order("semver(version,3)", Order.Direction.DESCENDING)));

        assertThat(texts(query).stream().map(row -> row.get(0)))
                .containsExactly("none", "10.0", "1.10", "1.9.1", "1.9");
    }

    @Test
    void metricsAreComputedOfNumbersAlsoInStrings() throws IOException {
        store("'n':'0.1'", "'n':0.2", "'n':3", "'n':'NaN'", "'n':'1e3'", "'n':null", "'n':['3','4']", "");

        assertThat(texts(Query.of(
                                List.of(),
                                COUNT,
                                new Metric.Distinct("n"),
                                new Metric.Sum("n"),
                                new Metric.Average("n"),
                                new Metric.Least("n"),
                                new Metric.Greatest("n"),
                                new Metric.Quantile("n", new BigDecimal("0.5")),
                                new Metric.Quantile("n", BigDecimal.ONE)))
                        .get(0))
                .containsExactly(8L, 8L, 1010.3, 1010.3 / 6, 0.1, 1000.0, 3.0, 1000.0);
        assertThat(texts(Query.of(List.of(), new Metric.Sum("absent"), new Metric.Share()))
                        .get(0))
                .containsExactly(Double.NaN, 1.0);
    }

    @Test
    void sharesAreOfAllThatMatched() throws IOException {
        store("'v':'a','user':'u1'", "'v':'a','user':'u2'", "'v':'b','user':'u1'", "'v':'c'");

        assertThat(texts(Query.of(List.of(field("v")), COUNT, new Metric.Share(), new Metric.ShareOf("user"))))
                .containsExactly(List.of("a", 2L, 0.5, 1.0), List.of("b", 1L, 0.25, 0.5), List.of("c", 1L, 0.25, 0.0));
    }

    @Test
    void theHighestGroupsHaveRowsAndTheOthersOneTogether() throws IOException {
        store("'v':'a'", "'v':'a'", "'v':'a'", "'v':'b'", "'v':'b'", "'v':'c','user':'u'", "'v':'d','user':'u'");
        Query query = Query.of(List.of(field("v")), COUNT, USERS);

        QueryResult result = sink.query(query.withRows(Rows.ALL.top(2)));
        assertThat(result.texts()).containsExactly(List.of("a", 3L, 0L), List.of("b", 2L, 0L), List.of("", 2L, 1L));
        assertThat(result.rows().get(2).values()).containsExactly(Value.OTHER);
        assertThat(result.groups()).isEqualTo(new QueryResult.Groups(4, 2, 2, 0, Optional.empty()));
        assertThat(texts(query.withRows(Rows.ALL.top(2).rest(Rows.Rest.LEFT_OUT))))
                .hasSize(2);
        assertThat(texts(query.withRows(Rows.ALL.minCount(2))))
                .containsExactly(List.of("a", 3L, 0L), List.of("b", 2L, 0L), List.of("", 2L, 1L));
    }

    @Test
    void rowsComeInPages() throws IOException {
        store(IntStream.range(0, 10).mapToObj(i -> "'v':" + i % 7).toArray(String[]::new));
        Query query = Query.of(List.of(field("v")), COUNT).withRows(Rows.ALL.limit(3));
        List<List<Object>> all = new ArrayList<>();
        Optional<QueryResult.Row> next = Optional.empty();
        do {
            Rows rows = next.map(query.rows()::after).orElse(query.rows());
            QueryResult page = sink.query(query.withRows(rows));
            assertThat(page.rows()).hasSizeLessThanOrEqualTo(3);
            all.addAll(page.texts());
            next = page.groups().next();
        } while (next.isPresent());

        assertThat(all).isEqualTo(texts(Query.of(List.of(field("v")), COUNT))).hasSize(7);
    }

    @Test
    void rowsAreSortedAsAsked() throws IOException {
        store("'a':'x','n':1", "'a':'y','n':3", "'a':'y','n':2", "'a':'z'");
        Query query = Query.of(List.of(field("a")), COUNT, new Metric.Greatest("n"));

        assertThat(firsts(query, new Order("max(n)", Order.Direction.ASCENDING)))
                .containsExactly("x", "y", "z");
        assertThat(firsts(query, new Order("max(n)", Order.Direction.DESCENDING)))
                .containsExactly("y", "x", "z");
        assertThat(firsts(query, new Order("a", Order.Direction.DESCENDING))).containsExactly("z", "y", "x");
        assertThat(firsts(
                        query,
                        new Order("count", Order.Direction.ASCENDING),
                        new Order("a", Order.Direction.DESCENDING)))
                .containsExactly("z", "x", "y");
    }

    private List<Object> firsts(Query query, Order... order) throws IOException {
        return texts(query.withRows(Rows.ALL.order(order))).stream()
                .map(row -> row.get(0))
                .toList();
    }

    @Test
    void timesAreSpansOfTheZonesCalendarAlsoWhereClocksChange() throws IOException {
        store(
                made("2026-03-28T22:59:59.999Z"),
                made("2026-03-28T23:00:00Z"),
                made("2026-03-29T21:59:59Z"),
                made("2026-03-29T22:00:00Z"),
                "'date':'yesterday'");
        Selection berlin = Selection.ALL.clock(Clock.REPORTED).zone(ZoneId.of("Europe/Berlin"));

        assertThat(texts(Query.of(List.of(new Dimension.Time(Span.DAY)), COUNT).withSelection(berlin)))
                .containsExactly(List.of("2026-03-28", 1L), List.of("2026-03-29", 2L), List.of("2026-03-30", 1L));
        assertThat(texts(Query.of(List.of(WEEK), COUNT).withSelection(berlin)))
                .containsExactly(List.of("2026-03-23", 3L), List.of("2026-03-30", 1L));
        assertThat(texts(Query.of(List.of(new Dimension.Time(Span.HOUR)), COUNT).withSelection(berlin)))
                .extracting(row -> row.get(0))
                .containsExactly(
                        "2026-03-28T23:00+01:00",
                        "2026-03-29T00:00+01:00",
                        "2026-03-29T23:00+02:00",
                        "2026-03-30T00:00+02:00");
        assertThat(sink.query(Query.of(List.of(WEEK), COUNT).withSelection(berlin))
                        .coverage()
                        .withoutPath())
                .isEqualTo(1);
    }

    @Test
    void gapsInTimeAreFilled() throws IOException {
        store(made("2026-10-19T12:00:00Z") + ",'v':'a'", made("2026-11-03T12:00:00Z") + ",'v':'b'");
        Query query = Query.of(List.of(WEEK, field("v")), COUNT, new Metric.Greatest("date"))
                .withSelection(Selection.ALL.clock(Clock.REPORTED).zone(ZoneId.of("America/New_York")));

        assertThat(texts(query.withRows(Rows.ALL.fill(Rows.Fill.ZERO))))
                .containsExactly(
                        List.of("2026-10-19", "a", 1L, 1.7924112E9),
                        List.of("2026-10-19", "b", 0L, Double.NaN),
                        List.of("2026-10-26", "a", 0L, Double.NaN),
                        List.of("2026-10-26", "b", 0L, Double.NaN),
                        List.of("2026-11-02", "b", 1L, 1.7937072E9),
                        List.of("2026-11-02", "a", 0L, Double.NaN));
        assertThat(texts(query.withRows(Rows.ALL.fill(Rows.Fill.NULL))
                        .withSelection(query.selection()
                                .from(Instant.parse("2026-11-02T05:00:00Z"))
                                .to(Instant.parse("2026-11-16T05:00:00Z")))))
                .containsExactly(
                        List.of("2026-11-02", "b", 1L, 1.7937072E9),
                        List.of("2026-11-09", "b", Double.NaN, Double.NaN));
    }

    @Test
    void periodsAreHalfOpenAndOfTheClockThatCounts() throws IOException {
        store(made("2026-01-01T00:00:00Z"), made("2026-01-02T00:00:00Z"), "");
        Selection year = Selection.ALL.clock(Clock.REPORTED);

        assertThat(total(year.from(Instant.parse("2026-01-01T00:00:00.001Z")))).isEqualTo(1);
        assertThat(total(year.from(Instant.parse("2026-01-01T00:00:00Z")))).isEqualTo(2);
        assertThat(total(year.to(Instant.parse("2026-01-02T00:00:00Z")))).isEqualTo(1);
        assertThat(total(Selection.ALL.from(start))).isEqualTo(3);
        assertThat(total(Selection.ALL.from(start.plusSeconds(1)).to(start.plusSeconds(2))))
                .isEqualTo(1);
    }

    private long total(Selection selection) throws IOException {
        return sink.query(Query.count().withSelection(selection)).coverage().matched();
    }

    @Test
    void theHighestGroupsOfAPeriodAreTheSameInAllItsSpans() throws IOException {
        store(
                made("2026-01-05T00:00:00Z") + ",'v':'a'",
                made("2026-01-05T00:00:00Z") + ",'v':'b'",
                made("2026-01-12T00:00:00Z") + ",'v':'b'",
                made("2026-01-12T00:00:00Z") + ",'v':'c'");
        Query query = Query.of(List.of(WEEK, field("v")), COUNT)
                .withSelection(Selection.ALL.clock(Clock.REPORTED))
                .withRows(Rows.ALL.top(1));

        assertThat(texts(query))
                .containsExactly(
                        List.of("2026-01-05", "b", 1L),
                        List.of("2026-01-05", "", 1L),
                        List.of("2026-01-12", "b", 1L),
                        List.of("2026-01-12", "", 1L));
    }

    @Test
    void usersAreFollowedFromTheirFirstReport() throws IOException {
        store(
                made("2026-01-12T00:00:00Z") + ",'user':'old'",
                made("2026-01-05T00:00:00Z") + ",'user':'old'",
                made("2026-01-19T00:00:00Z") + ",'user':'old'",
                made("2026-01-19T00:00:00Z") + ",'user':'new'");
        Query query = Query.of(
                        List.of(new Dimension.First("user", Span.WEEK), new Dimension.Age("user", Span.WEEK)), USERS)
                .withSelection(Selection.ALL.clock(Clock.REPORTED).from(Instant.parse("2026-01-12T00:00:00Z")))
                .withRows(Rows.ALL.order(
                        new Order("first(user,week)", Order.Direction.ASCENDING),
                        new Order("age(user,week)", Order.Direction.ASCENDING)));

        assertThat(texts(query))
                .containsExactly(
                        List.of("2026-01-05", "1", 1L), List.of("2026-01-05", "2", 1L), List.of("2026-01-19", "0", 1L));
    }

    @Test
    void fewUsersAreNotSingledOut() throws IOException {
        Stream<String> many = IntStream.range(0, 9).mapToObj(i -> "'v':'many','user':'m" + i + "'");
        Stream<String> some = IntStream.range(0, 4).mapToObj(i -> "'v':'some','user':'s" + i + "'");
        Stream<String> few = IntStream.range(0, 2).mapToObj(i -> "'v':'few','user':'f" + i + "'");
        Stream<String> one = IntStream.range(0, 30).mapToObj(i -> "'v':'one','user':'o'");
        store(Stream.of(many, some, few, one).flatMap(each -> each).toArray(String[]::new));
        Query query = Query.of(List.of(field("v")), COUNT, USERS);

        QueryResult three = sink.query(query.withRows(Rows.ALL.privacyFloor(3)));
        assertThat(three.texts())
                .containsExactly(List.of("many", 9L, 9L), List.of("some", 4L, 4L), List.of("", 32L, 3L));
        assertThat(three.groups().hidden()).isEqualTo(2);
        assertThat(three.coverage().matched()).isZero();

        QueryResult five = sink.query(query.withRows(Rows.ALL.privacyFloor(5).rest(Rows.Rest.LEFT_OUT)));
        assertThat(five.texts()).containsExactly(List.of("many", 9L, 9L));
        assertThat(texts(query.withRows(Rows.ALL.privacyFloor(17)))).isEmpty();
    }

    @Test
    void oneHiddenGroupTakesTheNextSmallestWithIt() throws IOException {
        Stream<String> nine = IntStream.range(0, 9).mapToObj(i -> "'v':'nine','user':'n" + i + "'");
        Stream<String> five = IntStream.range(0, 5).mapToObj(i -> "'v':'five','user':'f" + i + "'");
        store(Stream.of(nine, five, Stream.of("'v':'one','user':'o'"))
                .flatMap(each -> each)
                .toArray(String[]::new));

        assertThat(texts(Query.of(List.of(field("v")), COUNT).withRows(Rows.ALL.privacyFloor(5))))
                .containsExactly(List.of("nine", 9L), List.of("", 6L));
    }

    @Test
    void theNewestReportsAreChosenBeforeTheFilter() throws IOException {
        store("'v':'a'", "'v':'b'", "'v':'a'", "'v':'b'");
        Selection newest = Selection.ALL.newest(3).filter(test("v", Operator.EQ, "a"));

        assertThat(sink.query(Query.count().withSelection(newest)).coverage())
                .isEqualTo(new QueryResult.Coverage(3, 1, 0, 0));
    }

    @Test
    void anyTextIsAValueAndAKey() throws IOException {
        String strange = "\\uFEFF\\r\\n\\u0000\\\"\\\\,;<script>\\u202E\\ud83d\\ude00";
        String value = "\uFEFF\r\n\0\"\\,;<script>\u202E\uD83D\uDE00";
        String huge = "x".repeat(100_000);
        store("'v':'" + strange + "','" + strange + "':'" + huge + "'");

        assertThat(texts(Query.of(List.of(field("v")), COUNT))).containsExactly(List.of(value, 1L));
        assertThat(texts(Query.of(List.of(field("/" + value.replace("/", "~1"))), COUNT)))
                .containsExactly(List.of(huge, 1L));
    }

    @Test
    void manyDifferentValuesAreCountedExactlyOrRefused() throws IOException {
        int values = Boolean.getBoolean("usagestats.thorough") ? 1_000_000 : 4_000;
        store(IntStream.range(0, values)
                .mapToObj(i -> "'v':" + i + ",'w':" + i % 2)
                .toArray(String[]::new));

        assertThat(texts(Query.of(List.of(field("w")), new Metric.Distinct("v"))))
                .containsExactly(List.of("0", values / 2L), List.of("1", values / 2L));
        assertThat(texts(Query.of(List.of(field("v")), COUNT).withRows(Rows.ALL.top(1))))
                .containsExactly(List.of("0", 1L), List.of("", values - 1L));
        assertThatExceptionOfType(QueryTooLargeException.class)
                .isThrownBy(() -> sink.query(
                        Query.of(List.of(field("v")), COUNT), new QueryLimits(Duration.ofHours(1), values - 1)))
                .matches(refusal -> refusal.limit() == QueryTooLargeException.Limit.GROUPS);
        assertThatExceptionOfType(QueryTooLargeException.class)
                .isThrownBy(
                        () -> sink.query(Query.of(List.of(field("v")), COUNT), new QueryLimits(Duration.ZERO, values)))
                .matches(refusal -> refusal.limit() == QueryTooLargeException.Limit.TIME);
    }

    @Test
    void fieldsAreListedWithWhatIsInThem() throws IOException {
        store("'a':1,'b':'x'", "'a':'1'", "'a':1");

        List<SeenField> fields = sink.fields(QueryLimits.NONE);

        assertThat(fields)
                .extracting(SeenField::name)
                .containsSubsequence("a", "b")
                .doesNotContain("report_id", "server_time", "date", "crc32c");
        SeenField a = fields.stream()
                .filter(field -> field.name().equals("a"))
                .findFirst()
                .orElseThrow();
        assertThat(a.kinds()).containsExactlyInAnyOrder(Value.Kind.NUMBER, Value.Kind.STRING);
        assertThat(a.reports()).isEqualTo(3);
        assertThat(a.values()).isEqualTo(2);
        assertThat(a.firstSeen())
                .hasValueSatisfying(
                        first -> assertThat(first).isBefore(a.lastSeen().orElseThrow()));
    }

    @Test
    void anAnswerHoldsAllThatWasStored() throws IOException {
        for (int i = 1; i <= 20; i++) {
            store("'i':" + i);
            assertThat(sink.query(Query.count()).coverage().matched()).isEqualTo(i);
        }
    }

    @Test
    void asLongAsAPositionIsTheSameAnswersAre() throws IOException {
        Map<String, QueryResult> answers = new HashMap<>();
        for (int i = 1; i <= 40; i++) {
            if (i % 4 > 0) {
                store("'i':" + i % 3);
            }
            Optional<String> before = sink.position();
            QueryResult answer = sink.query(Query.of(List.of(field("i")), COUNT));
            if (before.isPresent() && before.equals(sink.position())) {
                assertThat(before.get()).matches("[A-Za-z0-9.-]+");
                assertThat(answers.computeIfAbsent(before.get(), first -> answer))
                        .as("what was answered at the position %s before", before.get())
                        .isEqualTo(answer);
            }
        }
    }

    private static Dimension field(String path) {
        return new Dimension.Field(path);
    }

    private static Filter test(String path, Operator operator, String operand) {
        return new Filter.Test(field(path), operator, List.of(operand));
    }

    private static String made(String time) {
        return "'date':" + BigDecimal.valueOf(Instant.parse(time).toEpochMilli(), 3);
    }

    /** Stores JSON reports, a second apart, given without braces and with apostrophes for quotation marks. */
    private void store(String... fields) throws IOException {
        List<ReceivedReport> reports = new ArrayList<>();
        for (String each : fields) {
            reports.add(ReceivedReports.json(start.plusMillis(1000L * stored++), each.replace('\'', '"'))
                    .build());
        }
        sink.append(reports);
    }

    private List<List<Object>> texts(Query query) throws IOException {
        return sink.query(query).texts();
    }
}
