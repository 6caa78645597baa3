package org.usagestats.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import org.usagestats.api.Erasure;
import org.usagestats.server.http.Refusal;

/** Whatever is sent as wishes to erase, all of it is granted as it was written, or it is refused. */
class ErasuresFuzzTest {

    @FuzzTest
    void lists(byte[] body) {
        try {
            List<String> written = new String(body, ISO_8859_1)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .toList();
            assertThat(Erasures.read(body)).extracting(Erasure::line).isEqualTo(written);
        } catch (Refusal refused) {
            assertThat(refused.status()).isIn(400, 413);
        }
    }
}
