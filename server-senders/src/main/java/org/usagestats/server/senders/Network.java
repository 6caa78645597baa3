package org.usagestats.server.senders;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The addresses that have their first bits in common.
 *
 * @param address the first of them: 4 or 16 bytes
 * @param bits how many bits
 */
record Network(ByteBuffer address, int bits) {

    private static final String BYTE = "(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
    private static final String IPV4 = BYTE + "(?:\\." + BYTE + "){3}";
    private static final String IPV6 = "[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*";

    /** Digits only: a name would have to be looked up. A port, as some proxies add it, is passed over. */
    private static final Pattern ADDRESS =
            Pattern.compile("(" + IPV4 + ")(?::[0-9]{1,5})?|\\[(" + IPV6 + ")](?::[0-9]{1,5})?|(" + IPV6 + ")");

    private static final Pattern NETWORK = Pattern.compile("([^/]+)(?:/([0-9]{1,3}))?");

    /** The network that an address is in. */
    static Network of(InetAddress member, int bitsOfIpv4, int bitsOfIpv6) {
        return of(member, member instanceof Inet4Address ? bitsOfIpv4 : bitsOfIpv6);
    }

    private static Network of(InetAddress member, int bits) {
        byte[] address = member.getAddress();
        for (int bit = bits; bit < 8 * address.length; bit++) {
            address[bit / 8] &= (byte) ~(0x80 >> bit % 8);
        }
        return new Network(ByteBuffer.wrap(address).asReadOnlyBuffer(), bits);
    }

    /**
     * Reads {@code ADDRESS} or {@code ADDRESS/BITS}.
     *
     * @throws IllegalArgumentException if it is neither
     */
    static Network parse(String text) {
        Matcher parts = NETWORK.matcher(text);
        Optional<InetAddress> address = parts.matches() ? address(parts.group(1)) : Optional.empty();
        int most = address.map(found -> 8 * found.getAddress().length).orElse(0);
        int bits = address.isEmpty() || parts.group(2) == null ? most : Integer.parseInt(parts.group(2));
        if (address.isEmpty() || bits > most) {
            throw new IllegalArgumentException(
                    "a network is an address or ADDRESS/BITS, such as 10.0.0.0/8, not \"" + text + "\"");
        }
        return of(address.get(), bits);
    }

    /** Reads an address; empty if it is a name or nothing of the kind. */
    static Optional<InetAddress> address(String text) {
        Matcher forms = ADDRESS.matcher(text);
        if (!forms.matches()) {
            return Optional.empty();
        }
        for (int group = 1; group <= forms.groupCount(); group++) {
            if (forms.group(group) != null) {
                return literal(forms.group(group));
            }
        }
        return Optional.empty();
    }

    private static Optional<InetAddress> literal(String digits) {
        try {
            return Optional.of(InetAddress.getByName(digits));
        } catch (UnknownHostException outOfRange) {
            return Optional.empty();
        }
    }

    boolean contains(InetAddress member) {
        return member.getAddress().length == address.capacity()
                && of(member, bits).equals(this);
    }

    /** Its first address. */
    InetAddress first() {
        byte[] bytes = new byte[address.capacity()];
        address.duplicate().get(bytes);
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException neitherFourNorSixteenBytes) {
            throw new IllegalStateException(neitherFourNorSixteenBytes);
        }
    }
}
