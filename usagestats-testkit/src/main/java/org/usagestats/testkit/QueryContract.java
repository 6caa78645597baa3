package org.usagestats.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.usagestats.sink.Dimension;
import org.usagestats.sink.Metric;
import org.usagestats.sink.Operator;
import org.usagestats.sink.Order;
import org.usagestats.sink.Query;
import org.usagestats.sink.QueryLimits;
import org.usagestats.sink.QueryResult;
import org.usagestats.sink.QueryTooLargeException;
import org.usagestats.sink.QueryableSink;
import org.usagestats.sink.Rows;
import org.usagestats.sink.SeenField;
import org.usagestats.sink.Selection;
import org.usagestats.sink.Selection.Clock;
import org.usagestats.sink.Span;
import org.usagestats.sink.Value;

/**
 * What every {@link QueryableSink} must answer: questions over reports, and the rows that are expected. Inherit it, hand it
 * your provider and a fresh location, and run it with JUnit.
 */
public abstract class QueryContract extends RowQuestions {

    /** For its subclasses. */
    protected QueryContract() {}

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
    void aReportFromTheEndOfTimeSpoilsNoAnswer() throws IOException {
        store(
                made("2026-01-05T00:00:00Z") + ",'user':'a'",
                "'date':9223372036854775.807,'user':'a'",
                "'date':-9223372036854775.807,'user':'b'",
                "'date':999999999999.999,'user':'c'");
        Selection reported = Selection.ALL.clock(Clock.REPORTED);

        for (Span span : Span.values()) {
            for (Rows.Fill fill : Rows.Fill.values()) {
                Query spans = Query.of(List.of(new Dimension.Time(span)), COUNT)
                        .withSelection(reported.to(Instant.parse("2027-01-01T00:00:00Z")))
                        .withRows(Rows.ALL.fill(fill));
                assertThat(sink.query(spans).coverage().matched()).isEqualTo(1);
            }
        }
        Query withoutGaps = Query.of(List.of(new Dimension.Time(Span.DAY)), COUNT)
                .withSelection(reported)
                .withRows(Rows.ALL.fill(Rows.Fill.ZERO));
        assertThatExceptionOfType(QueryTooLargeException.class)
                .isThrownBy(() -> sink.query(withoutGaps, new QueryLimits(Duration.ofHours(1), 1000)))
                .withMessageContaining("from 2026-01-05 to +33658-09-27")
                .withMessageContaining("say from and to");
        Query ages = Query.of(
                        List.of(new Dimension.First("user", Span.WEEK), new Dimension.Age("user", Span.WEEK)), USERS)
                .withSelection(reported);
        assertThat(texts(ages)).hasSize(2).contains(List.of("2026-01-05", "0", 1L));
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
    void theNewestReportsAreChosenBeforeTheFilter() throws IOException {
        store("'v':'a'", "'v':'b'", "'v':'a'", "'v':'b'");
        Selection newest = Selection.ALL.newest(3).filter(test("v", Operator.EQ, "a"));

        assertThat(sink.query(Query.count().withSelection(newest)).coverage())
                .isEqualTo(new QueryResult.Coverage(3, 1, 0, 0));
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
}
