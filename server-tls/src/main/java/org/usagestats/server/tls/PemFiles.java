package org.usagestats.server.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A key (PKCS #8) and its certificates as the text of RFC 7468, as certbot and openssl write them. */
record PemFiles(Path certificates, Path key) implements KeyFiles {

    private static final Pattern KEY = Pattern.compile("-----BEGIN ([A-Z ]*PRIVATE KEY)-----([^-]*)-----END \\1-----");

    @Override
    public List<Path> paths() {
        return List.of(certificates, key);
    }

    @Override
    public ServerKey read(List<byte[]> contents) throws GeneralSecurityException, IOException {
        List<X509Certificate> chain = chain(contents.get(0));
        return ServerKey.of(key(contents.get(1), chain.get(0).getPublicKey().getAlgorithm()), chain);
    }

    private List<X509Certificate> chain(byte[] content) throws IOException {
        try {
            return CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(content))
                    .stream()
                    .map(X509Certificate.class::cast)
                    .toList();
        } catch (CertificateException none) {
            throw new IOException(certificates + " holds no certificate", none);
        }
    }

    private PrivateKey key(byte[] content, String algorithm) throws GeneralSecurityException, IOException {
        Matcher block = KEY.matcher(new String(content, StandardCharsets.US_ASCII));
        if (!block.find()) {
            throw new IOException(key + " holds no private key");
        }
        if (!block.group(1).equals("PRIVATE KEY")) {
            throw new IOException(
                    key + " holds an " + block.group(1) + ", which is to be made a PRIVATE KEY: openssl pkcs8"
                            + " -topk8 -nodes -in " + key + " -out new.pem");
        }
        byte[] encoded = Base64.getMimeDecoder().decode(block.group(2));
        try {
            return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
        } catch (InvalidKeySpecException unfit) {
            throw new GeneralSecurityException("the key is not that of the certificate", unfit);
        }
    }
}
