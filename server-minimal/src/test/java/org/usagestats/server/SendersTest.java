package org.usagestats.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.usagestats.server.access.Access;
import org.usagestats.server.senders.AddressKeeping;

/** Whose report it is when it comes past proxies, and how many of them are taken. */
class SendersTest {

    private static final byte[] REPORT = "date:12.5\n".getBytes(StandardCharsets.UTF_8);

    private final ListSink sink = new ListSink();

    /** Not every HTTP server shows a header, or a part of one, without a value. */
    @Test
    @Tag("empty-headers")
    void a_list_that_ends_with_nothing_tells_of_nobody() throws IOException {
        Access.Builder access = Access.builder().trustedProxy("10.0.0.0/8");

        assertThat(address(access, "X-Forwarded-For: 192.0.2.7,")).contains("127.0.0.1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "192.0.2.7                               | 192.0.2.7",
                "198.51.100.1, 192.0.2.7                 | 192.0.2.7",
                "198.51.100.1,192.0.2.7, 10.1.2.3        | 192.0.2.7",
                "192.0.2.7 , 10.1.2.3 , 10.255.0.1,::1   | 192.0.2.7",
                "10.1.2.3, 10.1.2.4                      | 10.1.2.3",
                "192.0.2.7:4711                          | 192.0.2.7",
                "2001:db8::7                             | 2001:db8:0:0:0:0:0:7",
                "[2001:db8::7]:4711                      | 2001:db8:0:0:0:0:0:7",
                "::ffff:192.0.2.7                        | 192.0.2.7",
                "192.0.2.7, unknown                      | 127.0.0.1",
                "192.0.2.7, 1.2.3.999                    | 127.0.0.1",
                "192.0.2.7, localhost, 10.1.2.3          | 10.1.2.3",
                "''                                      | 127.0.0.1",
            })
    void the_sender_is_the_last_who_is_not_a_trusted_proxy(String forwarded, String sender) throws IOException {
        Access.Builder access = Access.builder().trustedProxy("10.0.0.0/8");

        assertThat(address(access, "X-Forwarded-For: " + forwarded)).contains(sender);
    }

    @Test
    void what_is_forwarded_is_believed_from_proxies_only() throws IOException {
        assertThat(address(Access.builder(), "X-Forwarded-For: 192.0.2.7")).contains("127.0.0.1");
        assertThat(address(Access.builder().behindProxy(), "X-Forwarded-For: 192.0.2.7"))
                .contains("192.0.2.7");
        assertThat(address(Access.builder().behindProxy(), "X-Forwarded-For: 192.0.2.7, 10.1.2.3"))
                .contains("10.1.2.3");
    }

    @Test
    void a_list_may_be_spread_over_several_headers() throws IOException {
        Access.Builder access = Access.builder().trustedProxy("10.0.0.0/8");

        assertThat(address(access, "X-Forwarded-For: 198.51.100.1, 192.0.2.7\r\nX-Forwarded-For: 10.1.2.3"))
                .contains("192.0.2.7");
    }

    private Optional<String> address(Access.Builder access, String header) throws IOException {
        try (Collector collector = Collector.builder()
                .sink(sink)
                .access(access.build())
                .keepAddresses(AddressKeeping.FULL)
                .start()) {
            Reply.to(collector.address(), Requests.post("POST / HTTP/1.1", REPORT, header));
            return sink.reports().get(sink.reports().size() - 1).address();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/33", "10.0.0.0/", "::1/129", "example.org", "10.0.0/8", "10.0.0.256", "", "/8"})
    void a_network_is_written_in_digits(String network) {
        assertThatThrownBy(() -> Access.builder().trustedProxy(network))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a network is an address or ADDRESS/BITS, such as 10.0.0.0/8, not \"" + network + "\"");
    }

    @Test
    void a_network_that_sends_too_much_is_told_when_to_come_again() throws IOException {
        try (Collector collector = limited(2)) {
            assertThat(send(collector, 1, "192.0.2.1").status()).isEqualTo(200);
            assertThat(send(collector, 2, "192.0.2.200").status()).isEqualTo(200);

            Reply reply = send(collector, 3, "192.0.2.99");
            assertThat(reply.status()).isEqualTo(429);
            assertThat(reply.header("Usagestats-Reject")).isEmpty();
            assertThat(Integer.parseInt(reply.header("Retry-After").orElseThrow()))
                    .isBetween(1, 31);
            assertThat(reply.body()).contains("\"title\":\"Too Many Requests\"", "too many reports: ask again in ");
            assertThat(batch(collector, "192.0.2.1").status()).isEqualTo(429);

            assertThat(send(collector, 3, "192.0.3.1").status()).isEqualTo(200);
            assertThat(send(collector, 4, "2001:db8::1").status()).isEqualTo(200);
            assertThat(send(collector, 5, "2001:db8::ffff:0:0:1").status()).isEqualTo(200);
            assertThat(batch(collector, "2001:db8::1").status()).isEqualTo(429);
            assertThat(batch(collector, "2001:db8:0:1::1").status()).isEqualTo(200);
        }
        assertThat(sink.reports()).hasSize(6);
    }

    @Test
    void clients_that_know_no_later_are_always_taken() throws IOException {
        try (Collector collector = limited(1)) {
            for (int i = 0; i < 5; i++) {
                assertThat(Reply.to(collector.address(), Requests.pythonRequests("date:12.5\n"))
                                .body())
                        .isEqualTo("stored");
                assertThat(Reply.to(collector.address(), Requests.espymetrics("{}"))
                                .status())
                        .isEqualTo(200);
            }
        }
    }

    private Collector limited(int perMinute) throws IOException {
        return Collector.builder()
                .sink(sink)
                .access(Access.builder().behindProxy().build())
                .rateLimit(perMinute)
                .start();
    }

    private static Reply send(Collector collector, int id, String from) throws IOException {
        return Reply.to(
                collector.address(),
                Requests.post(
                        "POST / HTTP/1.1",
                        REPORT,
                        "Usagestats-Report-Id: 00000000-0000-4000-8000-00000000000" + id,
                        "X-Forwarded-For: " + from));
    }

    private static Reply batch(Collector collector, String from) throws IOException {
        byte[] lines = "{\"report\":{}}".getBytes(StandardCharsets.UTF_8);
        return Reply.to(
                collector.address(), Requests.post("POST /v1/reports HTTP/1.1", lines, "X-Forwarded-For: " + from));
    }
}
