package org.usagestats.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.usagestats.server.http.Refusal;
import org.usagestats.sink.ReceivedReport;

/** Canonical JSON says what the client said, in one way. */
class JsonReportProperties {

    @Property(tries = 500)
    void the_canonical_form_of_an_object_has_no_white_space_and_nothing_else_is_changed(
            @ForAll("values") String value, @ForAll("blanks") String blank) throws Refusal {
        String spaced = String.join(blank, "", "{", "\"a\"", ":", value, ",", "\"b\"", ":", "[", value, "]", "}", "");

        assertThat(canonical(spaced)).isEqualTo("{\"a\":" + value + ",\"b\":[" + value + "]}");
    }

    @Property(tries = 500)
    void any_bytes_are_a_report_or_refused_in_one_line(@ForAll byte[] body) {
        try {
            JsonReport.read(body, Instant.EPOCH);
        } catch (Refusal refusal) {
            assertThat(refusal.status()).isEqualTo(400);
            assertThat(refusal.line().lines()).hasSize(1);
        }
    }

    /** Values as the canonical form writes them. */
    @Provide
    Arbitrary<String> values() {
        Arbitrary<String> numbers = Combinators.combine(
                        Arbitraries.longs().map(String::valueOf),
                        Arbitraries.of("", ".0", ".10", "e5", "E+07", "." + "9".repeat(60)))
                .as(String::concat);
        Arbitrary<String> texts = Arbitraries.strings()
                .withCharRange('#', '[')
                .withCharRange(']', '~')
                .withChars("é€\uE000")
                .map(text -> "\"" + text + "\\n\\u0001\uD83D\uDE00\\ud800\"");
        return Arbitraries.lazyOf(
                () -> numbers,
                () -> texts,
                () -> Arbitraries.of("true", "false", "null", "{}", "[]"),
                () -> Combinators.combine(numbers, texts).as((n, t) -> "{\"n\":" + n + ",\"t\":[" + t + "]}"));
    }

    @Provide
    Arbitrary<String> blanks() {
        return Arbitraries.of("", " ", "\n", "\r\n\t ");
    }

    private static String canonical(String body) throws Refusal {
        ReceivedReport report = JsonReport.read(body.getBytes(StandardCharsets.UTF_8), Instant.EPOCH)
                .build();
        String json = new String(report.json(), StandardCharsets.UTF_8);
        return "{" + json.substring(report.fieldsOffset());
    }
}
