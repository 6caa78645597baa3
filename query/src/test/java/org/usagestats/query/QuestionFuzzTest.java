package org.usagestats.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.usagestats.sink.Query;

/** Whatever is asked, it is understood or refused in words; what is understood is written so that it reads as the same. */
class QuestionFuzzTest {

    private static final Instant NOW = Instant.parse("2026-03-29T12:00:00Z");

    @FuzzTest
    void addresses(byte[] parameters) throws QuestionException {
        String rawQuery = new String(parameters, StandardCharsets.UTF_8);
        for (QuestionKind kind : QuestionKind.values()) {
            check(kind, reader -> reader.fromAddress(rawQuery));
        }
    }

    @FuzzTest
    void json(byte[] object) throws QuestionException {
        String json = new String(object, StandardCharsets.UTF_8);
        for (QuestionKind kind : QuestionKind.values()) {
            check(kind, reader -> reader.fromJson(json));
        }
    }

    private interface Asking {
        Question of(QuestionReader reader) throws QuestionException;
    }

    private static void check(QuestionKind kind, Asking asking) throws QuestionException {
        Query query;
        try {
            query = asking.of(new QuestionReader(kind, NOW)).query();
        } catch (QuestionException refused) {
            assertThat(refused.faults())
                    .isNotEmpty()
                    .noneMatch(fault -> fault.detail().isBlank());
            return;
        }
        if (kind == QuestionKind.QUERY) {
            assertThat(new QuestionReader(kind, NOW)
                            .fromJson(QueryJson.write(query))
                            .query())
                    .isEqualTo(query);
        }
    }
}
