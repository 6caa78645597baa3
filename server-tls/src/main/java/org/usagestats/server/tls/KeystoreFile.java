package org.usagestats.server.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** A key and its certificates in a PKCS #12 file: its only key. */
record KeystoreFile(Path file, String password) implements KeyFiles {

    @Override
    public List<Path> paths() {
        return List.of(file);
    }

    @Override
    public ServerKey read(List<byte[]> contents) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(new ByteArrayInputStream(contents.get(0)), password.toCharArray());
        List<String> keys = Collections.list(store.aliases());
        for (String alias : List.copyOf(keys)) {
            if (!store.isKeyEntry(alias)) {
                keys.remove(alias);
            }
        }
        if (keys.size() != 1) {
            throw new IOException(file + " holds " + keys.size() + " keys, not 1");
        }
        return of(store, keys.get(0));
    }

    private ServerKey of(KeyStore store, String alias) throws GeneralSecurityException, IOException {
        Key key = store.getKey(alias, password.toCharArray());
        Certificate[] chain = store.getCertificateChain(alias);
        if (!(key instanceof PrivateKey own) || chain == null) {
            throw new IOException(file + " holds a key without a certificate");
        }
        return ServerKey.of(
                own, Arrays.stream(chain).map(X509Certificate.class::cast).toList());
    }

    /** The password is nobody's to see. */
    @Override
    public String toString() {
        return "KeystoreFile[" + file + "]";
    }
}
