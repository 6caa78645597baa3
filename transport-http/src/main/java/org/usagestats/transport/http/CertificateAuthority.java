package org.usagestats.transport.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Trust in the certificates of one file and in no others. */
final class CertificateAuthority {

    private CertificateAuthority() {}

    /**
     * Reads the certificates to trust.
     *
     * @param file one or more certificates in PEM
     * @return what makes connections that trust only these
     * @throws IOException if the file cannot be read
     * @throws IllegalArgumentException if it holds something else
     */
    static SSLContext trustOnly(Path file) throws IOException {
        Collection<? extends Certificate> certificates = read(file);
        try {
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            for (Certificate certificate : certificates) {
                trusted.setCertificateEntry("ca-" + trusted.size(), certificate);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException unusable) {
            throw new IOException("this JVM cannot use the certificates of " + file, unusable);
        }
    }

    private static Collection<? extends Certificate> read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            Collection<? extends Certificate> certificates =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (certificates.isEmpty()) {
                throw new CertificateException("it is empty");
            }
            return certificates;
        } catch (CertificateException unreadable) {
            throw new IllegalArgumentException(
                    "a certificate authority is a PEM file with one or more certificates, which " + file + " is not",
                    unreadable);
        }
    }
}
