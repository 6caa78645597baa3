package org.usagestats.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.usagestats.sink.Dimension;
import org.usagestats.sink.Filter;
import org.usagestats.sink.Metric;
import org.usagestats.sink.Operator;
import org.usagestats.sink.Order;
import org.usagestats.sink.Query;
import org.usagestats.sink.QueryResult;
import org.usagestats.sink.Rows;
import org.usagestats.sink.Selection;

/** What a sink must answer to questions for values: which there are, which pass a filter, and what is made of them. */
abstract class ValueQuestions extends AskedSink {

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
    void aNumberThatNobodyCanReckonWithSpoilsNoAnswer() throws IOException {
        store("'v':2", "'v':1e99999999999", "'v':-1e99999999999", "'v':1e-99999999999", "'v':1e2147483647", "'v':10");
        Query query = Query.of(List.of(field("v")), COUNT)
                .withRows(Rows.ALL.order(new Order("v", Order.Direction.ASCENDING)));

        assertThat(texts(query))
                .extracting(row -> row.get(0))
                .containsExactly("2", "10", "1e2147483647", "-1e99999999999", "1e-99999999999", "1e99999999999");
        assertThat(texts(Query.of(List.of(), new Metric.Sum("v")))).containsExactly(List.of(12.0));
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
}
