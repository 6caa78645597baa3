package org.usagestats.server.tls;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/** A private key, the certificate of its public key, and the certificates that lead to an authority. */
record ServerKey(PrivateKey key, List<X509Certificate> chain) {

    /**
     * Puts parts together that fit, the certificate of the key first.
     *
     * @throws GeneralSecurityException if they do not fit, or the certificate holds no longer or not yet
     */
    static ServerKey of(PrivateKey key, List<X509Certificate> chain) throws GeneralSecurityException {
        chain.get(0).checkValidity();
        requireFit(key, chain.get(0));
        return new ServerKey(key, List.copyOf(chain));
    }

    Instant expires() {
        return chain.get(0).getNotAfter().toInstant();
    }

    private static void requireFit(PrivateKey key, X509Certificate certificate) throws GeneralSecurityException {
        String algorithm = signatures(key);
        byte[] anything = {1, 2, 3};
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(key);
        signature.update(anything);
        byte[] signed = signature.sign();
        signature.initVerify(certificate.getPublicKey());
        signature.update(anything);
        if (!signature.verify(signed)) {
            throw new GeneralSecurityException("the key is not that of the certificate");
        }
    }

    private static String signatures(PrivateKey key) throws GeneralSecurityException {
        return switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            case "EdDSA", "Ed25519", "Ed448" -> "EdDSA";
            default -> throw new GeneralSecurityException("a key is of RSA, EC or Ed25519, not " + key.getAlgorithm());
        };
    }
}
