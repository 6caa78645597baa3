package org.usagestats.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.usagestats.sink.Dimension;
import org.usagestats.sink.Filter;
import org.usagestats.sink.Operator;
import org.usagestats.sink.Query;
import org.usagestats.sink.Selection;
import org.usagestats.sink.Span;

/** What the words of a question mean, and what is said to those who use others. */
class QuestionReaderTest {

    private static final Instant NOW = Instant.parse("2026-11-22T23:30:00Z");

    @ParameterizedTest
    @CsvSource({
        "24h, UTC, 2026-11-22T00:00:00Z, 2026-11-23T00:00:00Z",
        "1h, UTC, 2026-11-22T23:00:00Z, 2026-11-23T00:00:00Z",
        "7d, UTC, 2026-11-16T00:00:00Z, 2026-11-23T00:00:00Z",
        "7d, Europe/Berlin, 2026-11-16T23:00:00Z, 2026-11-23T23:00:00Z",
        "30d, Europe/Berlin, 2026-10-24T22:00:00Z, 2026-11-23T23:00:00Z",
        "2w, UTC, 2026-11-09T00:00:00Z, 2026-11-23T00:00:00Z",
        "12mo, UTC, 2025-12-01T00:00:00Z, 2026-11-23T00:00:00Z",
        "2y, UTC, 2025-01-01T00:00:00Z, 2026-11-23T00:00:00Z",
        "day, UTC, 2026-11-22T00:00:00Z, 2026-11-23T00:00:00Z",
        "week, UTC, 2026-11-16T00:00:00Z, 2026-11-23T00:00:00Z",
        "month, UTC, 2026-11-01T00:00:00Z, 2026-11-23T00:00:00Z",
        "quarter, UTC, 2026-10-01T00:00:00Z, 2026-11-23T00:00:00Z",
        "year, UTC, 2026-01-01T00:00:00Z, 2026-11-23T00:00:00Z"
    })
    void a_period_is_of_the_calendar_and_has_the_present_in_it(String period, String zone, Instant from, Instant to)
            throws QuestionException {
        Selection selection = query("period=" + period + "&tz=" + zone).selection();

        assertThat(selection.from()).contains(from);
        assertThat(selection.to()).contains(to);
    }

    @Test
    void days_are_those_of_the_zone() throws QuestionException {
        Selection selection = query("from=2026-03-29&to=2026-03-30T12:00:00+02:00&tz=Europe/Berlin")
                .selection();

        assertThat(selection.from()).contains(Instant.parse("2026-03-28T23:00:00Z"));
        assertThat(selection.to()).contains(Instant.parse("2026-03-30T10:00:00Z"));
        assertThat(query("period=all").selection().from()).isEmpty();
    }

    @Test
    void a_path_may_be_anything_in_quotation_marks_and_most_things_without() throws QuestionException {
        assertThat(query("group_by=a.b.0,c$d$0,/x~1y/z,%20e%20f%20,%22g,h%22,time:day,%22time:day%20%22")
                        .groupBy())
                .containsExactly(
                        new Dimension.Field("a.b.0"),
                        new Dimension.Field("c$d$0"),
                        new Dimension.Field("/x~1y/z"),
                        new Dimension.Field("e f"),
                        new Dimension.Field("g,h"),
                        new Dimension.Time(Span.DAY),
                        new Dimension.Field("time:day "));
    }

    @Test
    void an_operand_is_all_that_stands_behind_the_operator() throws QuestionException {
        assertThat(query("f.a=eq.not.eq.x(1,2)").selection().filter())
                .isEqualTo(new Filter.Test(new Dimension.Field("a"), Operator.EQ, List.of("not.eq.x(1,2)")));
        assertThat(query("f.a=not.in.(b, %22c,%20%22%22d%22%22%22 ,)")
                        .selection()
                        .filter())
                .isEqualTo(new Filter.Not(
                        new Filter.Test(new Dimension.Field("a"), Operator.IN, List.of("b", "c, \"d\"", ""))));
        assertThat(query("f.a=in.()").selection().filter())
                .isEqualTo(new Filter.Test(new Dimension.Field("a"), Operator.IN, List.of()));
    }

    @Test
    void the_limit_of_a_count_is_the_number_of_the_newest() throws QuestionException {
        Query count = new QuestionReader(QuestionKind.COUNT, NOW)
                .fromAddress("limit=7")
                .query();

        assertThat(count.selection().newest()).hasValue(7);
        assertThat(count.rows().limit()).isEmpty();
        assertThat(count.values()).isEqualTo(Query.Values.TEXT);
        assertThat(query("limit=7").rows().limit()).hasValue(7);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "group_by=smver(v,2) | group_by: \"smver\" is none of semver, bin, log2, lower, coalesce, part, first, age, at character 7, did you mean semver?",
                "group_by=semver(v,4) | group_by: semver() keeps 1 to 3 numbers, not 4, at character 11",
                "group_by=bin(v,x) | group_by: \"x\" is no number such as 60 or 0.5, at character 8",
                "group_by=a)b | group_by: there is no meaning in what begins with \")b\", at character 2",
                "group_by=%22a | group_by: the closing \" is missing, at character 3",
                "group_by=a,a | group_by: there is more than one column a",
                "metrics=distinct | metrics: distinct needs a path, at character 9, did you mean distinct(path)?",
                "metrics=p200(x) | metrics: \"p200\" is none of",
                "metrics=quantile(x,1.5) | metrics: quantile() needs a share above 0 and at most 1, not 1.5",
                "f.a=eqq.b | did you mean eq.b?",
                "f.a=b | did you mean eq.b?",
                "f.a=is.nul | f.a: is takes null, missing, true or false, not \"nul\"",
                "f.first(a,day)=eq.1 | f.first(a,day): a filter tests a field of the report, not first(a,day)",
                "f.time:day=eq.1 | f.time:day: a filter tests a field of the report, not time:day",
                "f.a=in.(b | f.a: a ) is missing, at character 3",
                "order=-cuont | order: there is no column \"cuont\", only count, did you mean count?",
                "fill=zero | fill: fill needs one dimension of time, such as time:day, not 0",
                "period=7days | period: it is the last hours, days, weeks, months or years, as 24h",
                "period=7d&from=2026-01-01 | period: it is given instead of from and to, not beside them",
                "from=2026-03-02&to=2026-03-01 | to: it is later than from",
                "from=01.02.2026 | from: it is a day as 2026-03-01 or a time as 2026-03-01T12:00:00Z, not \"01.02.2026\"",
                "from=1066-01-01 | from: it is from 1970 to the year 9999, not 1066-01-01",
                "tz=Europe/Berln | tz: it is a time zone such as Europe/Berlin or UTC, not \"Europe/Berln\", did you mean Europe/Berlin?",
                "after=abc | after: it is next of the page before",
                "k=0 | k: it is a whole number from 1 to 1000000000, not 0",
                "top=ten | top: it is a whole number, not \"ten\"",
                "other=no | other: it is true or false, not \"no\"",
                "version=eq.2 | version: it is no parameter",
                "version=2.0 | and f.<path>, did you mean f.version?",
                "f.version=2.0 | did you mean eq.2.0?",
                "%zz=1 | a % stands before two hexadecimal digits",
            })
    void each_mistake_has_its_words(String parameters, String words) {
        assertThat(refused(parameters)).hasMessageContaining(words);
    }

    @Test
    void all_faults_are_told_with_their_hints() {
        assertThat(refused("metrcs=count&group_by=time:dya&f.os=Linux&version=eq.2")
                        .faults())
                .extracting(Fault::parameter, Fault::hint)
                .containsExactly(
                        tuple("metrcs", "metrics"),
                        tuple("version", "f.version"),
                        tuple("group_by", "day"),
                        tuple("f.os", "eq.Linux"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[] | a question is a JSON object",
                "`` | there is no JSON",
                "{\"top\":1} {} | there is more than one JSON value",
                "{\"top\":1,\"top\":2} | it is no JSON that can be read",
                "{\"top\":{}} | top: it takes a string, a number, true or false, or an array of them",
                "{\"f.a\":\"eq.b\"} | format and filter, did you mean filter?",
                "{\"version\":2} | version: it is no parameter, there are group_by, metrics,",
                "{\"metrcs\":\"count\"} | format and filter, did you mean metrics?",
                "{\"filter\":[]} | /filter: a filter is an object with and, or, not or field",
                "{\"filter\":{\"and\":{}}} | /filter/and: it takes an array of filters",
                "{\"filter\":{\"nand\":[]}} | /filter: \"nand\" is none of and, or, not, field, did you mean and?",
                "{\"filter\":{\"field\":\"a\",\"op\":\"eq\"}} | /filter: a test has either value or values",
                "{\"filter\":{\"field\":\"a\",\"op\":\"eq\",\"value\":null}} | /filter: a test needs value, a string, a number, true or false",
                "{\"filter\":{\"field\":\"a\",\"op\":\"eq\",\"values\":[\"b\",\"c\"]}} | /filter: eq takes one operand, not 2",
                "{\"filter\":{\"field\":\"a\",\"op\":\"eq\",\"value\":\"b\",\"valeu\":1}} | and no \"valeu\", did you mean value?"
            })
    void json_that_is_no_question_is_refused(String json, String words) {
        QuestionReader reader = new QuestionReader(QuestionKind.QUERY, NOW);

        assertThat(catchThrowableOfType(QuestionException.class, () -> reader.fromJson(json)))
                .hasMessageContaining(words);
    }

    @Test
    void json_beyond_a_limit_is_refused() {
        QuestionReader reader = new QuestionReader(QuestionKind.QUERY, NOW);

        for (String json : List.of("{\"top\":" + "1".repeat(101) + "}", "[".repeat(65))) {
            assertThat(catchThrowableOfType(QuestionException.class, () -> reader.fromJson(json)))
                    .hasMessageContaining("no JSON that can be read");
        }
    }

    @Test
    void a_filter_ends_somewhere() {
        QuestionReader reader = new QuestionReader(QuestionKind.QUERY, NOW);
        String deep = "{\"filter\":" + "{\"not\":".repeat(40) + "{\"and\":[]}" + "}".repeat(41);
        String test = "{\"field\":\"a\",\"op\":\"eq\",\"value\":1}";
        String wide = "{\"filter\":{\"or\":[" + (test + ",").repeat(200) + test + "]}}";

        assertThat(catchThrowableOfType(QuestionException.class, () -> reader.fromJson(deep)))
                .hasMessageContaining("at most 30 levels deep");
        assertThat(catchThrowableOfType(QuestionException.class, () -> reader.fromJson(wide)))
                .hasMessageContaining("at most 200 tests");
        assertThat(refused("f.a=in.(" + "b,".repeat(1000) + "b)")).hasMessageContaining("at most 1000 operands");
        assertThat(refused("group_by=" + "a".repeat(1001))).hasMessageContaining("at most 1000 characters");
        assertThat(refused("group_by=a,b,c,d,e,f,g,h,i")).hasMessageContaining("group_by: there are at most 8");
    }

    private static Query query(String parameters) throws QuestionException {
        return new QuestionReader(QuestionKind.QUERY, NOW)
                .fromAddress(parameters)
                .query();
    }

    private static QuestionException refused(String parameters) {
        return catchThrowableOfType(QuestionException.class, () -> query(parameters));
    }
}
