package org.usagestats.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.usagestats.sink.Metric;
import org.usagestats.sink.Order;
import org.usagestats.sink.Query;
import org.usagestats.sink.QueryLimits;
import org.usagestats.sink.QueryResult;
import org.usagestats.sink.QueryTooLargeException;
import org.usagestats.sink.Rows;
import org.usagestats.sink.Value;

/** Which rows an answer must have: all or the highest, in which order, and none that tells of few users. */
abstract class RowQuestions extends ValueQuestions {

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
}
