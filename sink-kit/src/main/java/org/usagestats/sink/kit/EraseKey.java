package org.usagestats.sink.kit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.UUID;
import org.usagestats.api.Erasure;

/**
 * What a report that may be erased is looked up by: it stands for the report's id and erase hash together.
 *
 * <p>Whoever names the right secret names the right key, and whoever does not names one that is nowhere. So no secret is
 * ever compared, and how long a look-up takes tells nothing about one. A key gives away neither id nor hash: it is the
 * first half of SHA-256 (FIPS 180-4) over the id's 16 bytes and the hash's 64 characters. Keys are spread evenly.
 *
 * @param upper its first 64 bits
 * @param lower its last 64 bits
 */
public record EraseKey(long upper, long lower) implements Comparable<EraseKey> {

    private static final Comparator<EraseKey> ORDER =
            Comparator.comparingLong(EraseKey::upper).thenComparingLong(EraseKey::lower);

    /**
     * Makes the key of a report.
     *
     * @param id its id
     * @param hash its erase hash
     * @return its key
     */
    public static EraseKey of(UUID id, String hash) {
        ByteBuffer whole = ByteBuffer.allocate(2 * Long.BYTES + hash.length());
        whole.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
        whole.put(hash.getBytes(StandardCharsets.US_ASCII));
        ByteBuffer digest = ByteBuffer.wrap(sha256(whole.array()));
        return new EraseKey(digest.getLong(), digest.getLong());
    }

    /**
     * Makes the key of the report that an erasure is about.
     *
     * @param erasure the wish
     * @return the key, that of no report if the secret is not the right one
     */
    public static EraseKey of(Erasure erasure) {
        return of(erasure.id(), erasure.hash());
    }

    /**
     * Makes what stands for an id alone.
     *
     * @param id a report's id
     * @return the key of that id without a hash, which is no report's
     */
    public static EraseKey ofId(UUID id) {
        return of(id, "");
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    @Override
    public int compareTo(EraseKey other) {
        return ORDER.compare(this, other);
    }
}
