package org.usagestats.server.senders;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

class AddressKeepingTest {

    @Test
    void keeps_nothing_the_network_or_all() throws UnknownHostException {
        InetAddress four = InetAddress.getByName("192.0.2.77");
        InetAddress six = InetAddress.getByName("2001:db8:1:2:3:4:5:6");

        assertThat(AddressKeeping.NONE.of(four)).isEmpty();
        assertThat(AddressKeeping.TRUNCATED.of(four)).contains("192.0.2.0");
        assertThat(AddressKeeping.TRUNCATED.of(six)).contains("2001:db8:1:0:0:0:0:0");
        assertThat(AddressKeeping.FULL.of(four)).contains("192.0.2.77");
        assertThat(AddressKeeping.FULL.of(six)).contains("2001:db8:1:2:3:4:5:6");
    }

    @Test
    void leaves_the_zone_out() throws UnknownHostException {
        InetAddress local = InetAddress.getByName("fe80:0:0:0:1:2:3:4%1");

        assertThat(AddressKeeping.FULL.of(local)).contains("fe80:0:0:0:1:2:3:4");
    }
}
