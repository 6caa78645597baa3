package org.usagestats.server.senders;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/** How much of a sender's address a collector stores with a report. */
public enum AddressKeeping {
    /** Nothing: the default. */
    NONE,
    /** The network: the first 24 bits of an IPv4 address, the first 48 of an IPv6 address, the rest zero. */
    TRUNCATED,
    /** The whole address. */
    FULL;

    /**
     * Leaves out what is not kept.
     *
     * @param address the address of a sender
     * @return the part of it to store, as text without a zone; empty for none
     */
    public Optional<String> of(InetAddress address) {
        return switch (this) {
            case NONE -> Optional.empty();
            case TRUNCATED -> Optional.of(Network.of(address, 24, 48).first().getHostAddress());
            case FULL -> Optional.of(text(address.getAddress()));
        };
    }

    private static String text(byte[] address) {
        try {
            return InetAddress.getByAddress(address).getHostAddress();
        } catch (UnknownHostException neitherFourNorSixteenBytes) {
            throw new IllegalStateException(neitherFourNorSixteenBytes);
        }
    }
}
