package org.usagestats.server.tls;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/**
 * How a collector proves who it is and encrypts what passes: TLS 1.2 or 1.3, with a key from files. When the files change,
 * connections made 10 s later have the new key; files that hold none that can serve are passed over.
 */
public final class Tls {

    private static final Duration REST = Duration.ofSeconds(10);
    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

    private final RenewedKey key;
    private final SSLContext context;

    private Tls(KeyFiles files) throws IOException {
        this(new RenewedKey(files, REST, System.getLogger(RenewedKey.class.getName())));
    }

    Tls(RenewedKey key) {
        this.key = key;
        KeyManager[] keys = {key};
        try {
            context = SSLContext.getInstance("TLS");
            context.init(keys, null, null);
        } catch (GeneralSecurityException everyPlatformHasIt) {
            throw new IllegalStateException(everyPlatformHasIt);
        }
    }

    /**
     * Takes the key from PEM files, as certbot and openssl write them.
     *
     * @param certificates the certificate, followed by those that lead to an authority
     * @param key the key, as {@code PRIVATE KEY} (PKCS #8), of RSA, EC or Ed25519; not for everybody to read
     * @return TLS with this key
     * @throws IOException if there is no key that can serve, in one line that says why
     * @throws IllegalArgumentException if everybody may read the key
     */
    public static Tls pem(Path certificates, Path key) throws IOException {
        SecretFile.requireHidden(key);
        return new Tls(new PemFiles(certificates, key));
    }

    /**
     * Takes the key from a PKCS #12 file that holds one key.
     *
     * @param file the file
     * @param password what opens it and the key
     * @return TLS with this key
     * @throws IOException if there is no key that can serve, in one line that says why
     */
    public static Tls keystore(Path file, String password) throws IOException {
        return new Tls(new KeystoreFile(file, password));
    }

    /**
     * Tells until when the certificate holds that a connection made now would have.
     *
     * @return its last moment
     */
    public Instant expires() {
        return key.expires();
    }

    /**
     * Gives what makes connections that have the key.
     *
     * @return the context, the same each time
     */
    public SSLContext context() {
        return context;
    }

    /**
     * Says how such a connection is to be made.
     *
     * @return the protocols that are spoken, and what else the platform wants
     */
    public SSLParameters parameters() {
        SSLParameters parameters = context.getDefaultSSLParameters();
        parameters.setProtocols(PROTOCOLS);
        return parameters;
    }
}
