package org.usagestats.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.usagestats.sink.Dimension;
import org.usagestats.sink.Query;

/** Whatever is asked, it is understood as it was meant, or refused in words. */
class QuestionProperties {

    private static final Instant NOW = Instant.parse("2026-11-22T11:30:00Z");

    @Property(tries = 300)
    void what_is_written_is_read_as_the_same(@ForAll("queries") Query query) throws QuestionException {
        String json = QueryJson.write(query);

        assertThat(new QuestionReader(QuestionKind.QUERY, NOW).fromJson(json).query())
                .isEqualTo(query);
    }

    @Property(tries = 300)
    void a_dimension_is_read_from_an_address_as_it_is_spelt(@ForAll("dimensions") Dimension dimension)
            throws QuestionException {
        assertThat(new QuestionReader(QuestionKind.QUERY, NOW)
                        .fromAddress("metrics=max(unlikely)&group_by=" + encoded(Spelling.of(dimension)))
                        .query()
                        .groupBy())
                .containsExactly(dimension);
    }

    @Property(tries = 300)
    void an_operand_is_taken_as_it_is_whatever_it_says(@ForAll("texts") String text) throws QuestionException {
        String parameter = "f." + Spelling.path(text) + "=";
        for (String test : List.of("eq." + text, "in.(\"" + text.replace("\"", "\"\"") + "\")")) {
            assertThat(new QuestionReader(QuestionKind.EXPORT, NOW)
                            .fromAddress(encodedName(parameter) + encoded(test))
                            .query()
                            .selection()
                            .filter())
                    .hasToString("Test[subject=Field[path=" + text + "], operator=" + test.substring(0, 2)
                            + ", operands=[" + text + "]]");
        }
    }

    @Property(tries = 300)
    void any_parameters_are_understood_or_refused_in_words(
            @ForAll("parameters") String rawQuery, @ForAll QuestionKind kind) {
        try {
            assertThat(new QuestionReader(kind, NOW).fromAddress(rawQuery).query())
                    .isNotNull();
        } catch (QuestionException refused) {
            assertThat(refused.faults())
                    .isNotEmpty()
                    .allSatisfy(fault -> assertThat(fault.detail()).isNotBlank());
        }
    }

    @Property(tries = 300)
    void any_json_is_understood_or_refused_in_words(@ForAll("json") String json) {
        try {
            assertThat(new QuestionReader(QuestionKind.QUERY, NOW)
                            .fromJson(json)
                            .query())
                    .isNotNull();
        } catch (QuestionException refused) {
            assertThat(refused.faults()).isNotEmpty();
        }
    }

    @Provide
    Arbitrary<Query> queries() {
        return QuestionsOfAnyKind.queries();
    }

    @Provide
    Arbitrary<Dimension> dimensions() {
        return QuestionsOfAnyKind.dimensions()
                .filter(QuestionProperties::isUtf8)
                .filter(dimension -> !dimension.name().equals("max(unlikely)"));
    }

    @Provide
    Arbitrary<String> texts() {
        return QuestionsOfAnyKind.texts().filter(QuestionProperties::isUtf8);
    }

    @Provide
    Arbitrary<String> parameters() {
        Arbitrary<String> name = Arbitraries.oneOf(
                Arbitraries.of(QuestionKind.QUERY.words()),
                Arbitraries.of("f.version", "f.semver(version,2)", "f.", "f.first(user,day)", "verson", ""),
                Arbitraries.strings().ofMaxLength(5));
        return Combinators.combine(name, values())
                .as((key, value) -> key + "=" + value)
                .list()
                .ofMaxSize(5)
                .map(list -> String.join("&", list));
    }

    private static Arbitrary<String> values() {
        return Arbitraries.oneOf(
                Arbitraries.of(
                        "time:day",
                        "count,share",
                        "semver(version,4)",
                        "bin(a,0)",
                        "7d",
                        "zero",
                        "is.x",
                        "2026-02-30",
                        "99999999999999999999",
                        "-1",
                        "%",
                        "%zz",
                        "Europe/Berln",
                        "in.(a,",
                        "p50(x)",
                        "quantile(x,2)"),
                Arbitraries.strings().withChars("abc(),.\"'$%&=-0129:T ").ofMaxLength(12),
                Arbitraries.strings().all().ofMaxLength(8));
    }

    @Provide
    Arbitrary<String> json() {
        Arbitrary<String> value = Arbitraries.oneOf(
                Arbitraries.of(
                        "1",
                        "null",
                        "true",
                        "[]",
                        "{}",
                        "\"count\"",
                        "[\"time:day\",1]",
                        "{\"and\":[{}]}",
                        "{\"not\":{\"field\":\"a\",\"op\":\"eq\"}}",
                        "{\"or\":1}",
                        "[[[[[[",
                        "\"\\ud800\"",
                        "1e999"),
                Arbitraries.strings().withChars("{}[]\":,ab01").ofMaxLength(10));
        return Combinators.combine(
                        Arbitraries.of("group_by", "metrics", "filter", "after", "top", "from", "f.a", "x"), value)
                .as((name, member) -> "\"" + name + "\":" + member)
                .list()
                .ofMaxSize(3)
                .map(list -> "{" + String.join(",", list) + "}");
    }

    private static boolean isUtf8(Object text) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(text.toString());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String encodedName(String parameter) {
        return encoded(parameter.substring(0, parameter.length() - 1)) + "=";
    }
}
