package org.usagestats.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ReceivedReportTest {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00.005999Z");

    @Test
    void serverFieldsStandFirstAndRepeatedKeysBecomeAnArray() {
        ReceivedReport report = ReceivedReport.text(utf8("date:1.5\na:1\nb:2\na:\"3\"\\\u0001\t\n"), NOON)
                .id(new UUID(1, 2))
                .address("127.0.0.1")
                .path("/x")
                .build();

        assertThat(text(report.json()))
                .isEqualTo(
                        "{\"report_id\":\"00000000-0000-0001-0000-000000000002\","
                                + "\"server_time\":\"2026-11-22T12:00:00.005Z\",\"submitted_from\":\"127.0.0.1\","
                                + "\"submitted_path\":\"/x\",\"date\":\"1.5\",\"a\":[\"1\",\"\\\"3\\\"\\\\\\u0001\\t\"],\"b\":\"2\"}");
        assertThat(text(report.json()).substring(report.fieldsOffset())).startsWith("\"date\":\"1.5\"");
    }

    @Test
    void eraseHashIsTheLastOfTheServerFieldsAndNeedsAnId() {
        ReceivedReport report = ReceivedReport.text(utf8("a:1\n"), NOON)
                .id(new UUID(1, 2))
                .eraseHash("0".repeat(64))
                .build();
        ReceivedReport without = ReceivedReport.text(utf8("a:1\n"), NOON)
                .eraseHash("0".repeat(64))
                .build();

        assertThat(report.eraseHash()).contains("0".repeat(64));
        assertThat(text(report.json()))
                .endsWith(",\"server_time\":\"2026-11-22T12:00:00.005Z\",\"submitted_erase\":\"" + "0".repeat(64)
                        + "\",\"a\":\"1\"}");
        assertThat(text(report.json()).substring(report.fieldsOffset())).isEqualTo("\"a\":\"1\"}");
        assertThat(without.eraseHash()).isEmpty();
        assertThat(text(without.json())).doesNotContain("submitted_erase");
    }

    @Test
    void reservedNamesOfAClientAreRenamed() {
        ReceivedReport report =
                ReceivedReport.text(utf8("server_time:never\ncrc32c:0\n"), NOON).build();

        assertThat(text(report.json()))
                .isEqualTo(
                        "{\"server_time\":\"2026-11-22T12:00:00.005Z\",\"client.server_time\":\"never\",\"client.crc32c\":\"0\"}");
    }

    @Test
    void reportWithoutFieldsIsStillAnObject() {
        ReceivedReport report =
                ReceivedReport.json(utf8("{}"), new byte[0], NOON).build();

        assertThat(text(report.json())).isEqualTo("{\"server_time\":\"2026-11-22T12:00:00.005Z\"}");
        assertThat(report.format()).isEqualTo(ReceivedReport.Format.JSON);
    }

    @Test
    void userIsTheFirstUserLine() {
        assertThat(ReceivedReport.text(utf8("user:a\nuser:b\n"), NOON).build().user())
                .contains("a");
        assertThat(ReceivedReport.text(utf8("date:1\n"), NOON).build().user()).isEmpty();
    }

    @Test
    void unknownOptionAndIllFormedInstanceAreRefusedByName() {
        SinkConfig config = new SinkConfig("dir", Durability.OS, "a-1", Map.of("colour", "red"));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> config.requireOptionsAmong(Set.of("size")))
                .withMessageContaining("colour")
                .withMessageContaining("size");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SinkConfig("dir", Durability.OS, "A B", Map.of()))
                .withMessageContaining("A B");
        assertThatIllegalArgumentException().isThrownBy(() -> Query.count("a").overNewest(0));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
