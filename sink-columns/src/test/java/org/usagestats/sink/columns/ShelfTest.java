package org.usagestats.sink.columns;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShelfTest {

    private static final int SPACE = 20_000;

    @Test
    void whatDoesNotFitIsDroppedAndReadAgain() throws IOException {
        List<Part> parts = new ArrayList<>();
        for (int number = 0; number < 40; number++) {
            parts.add(part(number));
        }
        Shelf shelf = new Shelf(SPACE);
        for (int round = 0; round < 3; round++) {
            KeyValues values = shelf.values("n");
            for (Part part : parts) {
                Column column = shelf.column(part, "n", values);
                assertThat(column.values()).isSameAs(values);
                assertThat(column.codes().rows()).isEqualTo(part.rows());
                assertThat(shelf.bytes()).isLessThanOrEqualTo(SPACE);
            }
        }
    }

    /** A thousand reports, with some numbers that other parts do not have. */
    private static Part part(int from) {
        PartBuilder builder = new PartBuilder();
        for (int number = from; number < from + 1000; number++) {
            byte[] json = ("{\"n\":" + number % 50 + "}").getBytes(StandardCharsets.US_ASCII);
            builder.add(json, 0, json.length);
        }
        return builder.part();
    }
}
