package org.usagestats.server.senders;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RateLimitTest {

    private long nanos = Long.MAX_VALUE - 1;
    private final RateLimit limit =
            new RateLimit(32, new RateLimit.Rate(10, 2), new RateLimit.Rate(25, 5), () -> nanos);

    @Test
    void a_network_has_so_much_at_once_and_so_much_a_second() throws IOException {
        assertThat(take("192.0.2.1", 4)).isZero();
        assertThat(take("192.0.2.1", 6)).isZero();
        assertThat(take("192.0.2.1", 3)).isEqualTo(Duration.ofMillis(1500));
        pass(Duration.ofMillis(1499));
        assertThat(take("192.0.2.1", 3)).isEqualTo(Duration.ofMillis(1));
        pass(Duration.ofMillis(1));
        assertThat(take("192.0.2.1", 3)).isZero();
        pass(Duration.ofHours(1));
        assertThat(take("192.0.2.1", 10)).isZero();
        assertThat(take("192.0.2.1", 1)).isPositive();
    }

    @Test
    void what_is_refused_is_not_taken() throws IOException {
        assertThat(take("192.0.2.1", 8)).isZero();
        for (int i = 0; i < 10; i++) {
            assertThat(take("192.0.2.1", 3)).isEqualTo(Duration.ofMillis(500));
        }
        assertThat(take("192.0.2.1", 2)).isZero();
    }

    @Test
    void networks_are_ipv4_addresses_and_halves_of_ipv6_addresses() throws IOException {
        assertThat(take("192.0.2.1", 10)).isZero();
        assertThat(take("192.0.2.1", 1)).isPositive();
        assertThat(take("192.0.2.2", 1)).isZero();
        assertThat(take("2001:db8:1:2:3:4:5:6", 10)).isZero();
        assertThat(take("2001:db8:1:2:ffff::", 1)).isPositive();
        assertThat(take("2001:db8:1:3::1", 1)).isZero();
    }

    @Test
    void all_networks_together_are_bounded() throws IOException {
        assertThat(take("192.0.2.1", 10)).isZero();
        assertThat(take("192.0.2.2", 10)).isZero();
        assertThat(take("192.0.2.3", 10)).isEqualTo(Duration.ofSeconds(1));
        assertThat(take("192.0.2.3", 5)).isZero();
    }

    @Test
    void a_flood_of_networks_is_not_remembered_for_ever() throws IOException {
        assertThat(take("192.0.2.1", 10)).isZero();
        for (int i = 0; i < 10_000; i++) {
            pass(Duration.ofMillis(200));
            assertThat(take("10.0." + i / 256 + "." + i % 256, 1)).isZero();
        }
        assertThat(take("192.0.2.1", 10)).isZero();
    }

    private Duration take(String client, int wanted) throws IOException {
        return limit.take(InetAddress.getByName(client), wanted);
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
    }
}
