package org.usagestats.api;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;

/**
 * The wish to have one report erased, and the proof that it comes from the report's sender.
 *
 * <p>With each report travels the {@link #hash()} of a secret that only its sender knows; whoever can name the secret later
 * may have the report erased. Neither says who the sender is, or that two reports have the same one.
 *
 * @param id the report's id
 * @param secret 64 lower-case hexadecimal digits
 */
public record Erasure(UUID id, String secret) {

    private static final int ID_LENGTH = 36;
    private static final int SECRET_LENGTH = 64;

    /**
     * Reads what {@link #line} writes.
     *
     * @param line an id, a space, and a secret, without a line break
     * @return the wish
     * @throws IllegalArgumentException if the line is anything else
     */
    public static Erasure parse(String line) {
        if (line.length() == ID_LENGTH + 1 + SECRET_LENGTH && line.charAt(ID_LENGTH) == ' ') {
            UUID id = UUID.fromString(line.substring(0, ID_LENGTH));
            String secret = line.substring(ID_LENGTH + 1);
            if (line.startsWith(id.toString()) && isSecret(secret)) {
                return new Erasure(id, secret);
            }
        }
        throw new IllegalArgumentException(
                "an erasure is a report's id, a space, and 64 lower-case hexadecimal digits");
    }

    /**
     * Writes the wish as it travels.
     *
     * @return the id, a space, and the secret
     */
    public String line() {
        return id + " " + secret;
    }

    /**
     * Returns what travels with the report itself.
     *
     * @return SHA-256 (FIPS 180-4) of the secret's 64 characters, as 64 lower-case hexadecimal digits
     */
    public String hash() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(secret.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    private static boolean isSecret(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                return false;
            }
        }
        return true;
    }
}
