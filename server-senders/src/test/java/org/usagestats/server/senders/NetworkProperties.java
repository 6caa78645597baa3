package org.usagestats.server.senders;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

/** Addresses and networks, whatever a client writes into {@code X-Forwarded-For}. */
class NetworkProperties {

    @Property
    void any_text_is_an_address_or_nothing_and_no_name_is_looked_up(
            @ForAll @Chars({'0', '1', '2', '9', 'a', 'F', ':', '.', '[', ']', '%', 'x'}) @StringLength(max = 20)
                    String text) {
        assertThat(Network.address(text)).isInstanceOf(Optional.class);
    }

    @Property
    void an_address_is_read_back(@ForAll @Size(16) byte[] bytes, @ForAll @IntRange(min = 0, max = 65_535) int port)
            throws UnknownHostException {
        InetAddress address = InetAddress.getByAddress(bytes);
        String text = address.getHostAddress();
        String withPort = (bytes.length == address.getAddress().length ? "[" + text + "]" : text) + ":" + port;

        assertThat(Network.address(text)).contains(address);
        assertThat(Network.address(withPort)).contains(address);
    }

    @Property
    void a_network_has_its_member_and_not_one_that_differs_within_its_bits(
            @ForAll @Size(4) byte[] bytes, @ForAll @IntRange(min = 1, max = 32) int bits) throws UnknownHostException {
        InetAddress member = InetAddress.getByAddress(bytes);
        Network network = Network.of(member, bits, 0);
        byte[] other = bytes.clone();
        other[(bits - 1) / 8] ^= (byte) (0x80 >> (bits - 1) % 8);

        assertThat(network.contains(member)).isTrue();
        assertThat(network.contains(InetAddress.getByAddress(other))).isFalse();
        assertThat(Network.parse(network.first().getHostAddress() + "/" + bits)).isEqualTo(network);
    }
}
