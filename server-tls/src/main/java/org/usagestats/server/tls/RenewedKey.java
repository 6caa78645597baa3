package org.usagestats.server.tls;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * The key that the collector proves itself with, read again when its files have changed: a handshake looks after them if
 * nobody did lately. Files that cannot serve, because only one of two is renewed yet or the certificate has expired, are
 * passed over, said once, and the key that served goes on.
 */
final class RenewedKey extends X509ExtendedKeyManager {

    private final KeyFiles files;
    private final Duration rest;
    private final Logger log;

    /** By the names that handshakes know them by. Those of before stay for handshakes under way; there are few a year. */
    private final Map<String, ServerKey> keys = new ConcurrentHashMap<>();

    private volatile String current = "0";
    private List<byte[]> seen;
    private String trouble = "";
    private long looked = System.nanoTime();

    /**
     * Reads the key.
     *
     * @param rest for how long not to look after the files again
     * @param log where it is said that another key serves, or why it does not
     * @throws IOException if they hold none that can serve, in one line
     */
    RenewedKey(KeyFiles files, Duration rest, Logger log) throws IOException {
        this.files = files;
        this.rest = rest;
        this.log = log;
        this.seen = contents();
        keys.put(current, read(seen));
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
            String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        look();
        String alias = current;
        return key(alias).key().getAlgorithm().equals(keyType) ? alias : null;
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return chooseEngineServerAlias(keyType, issuers, null);
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return key(alias).chain().toArray(X509Certificate[]::new);
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        return key(alias).key();
    }

    @Override
    public String[] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        String alias = chooseEngineServerAlias(keyType, issuers, null);
        return alias == null ? new String[0] : new String[] {alias};
    }

    @Override
    public String[] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return new String[0];
    }

    @Override
    public @Nullable String chooseClientAlias(
            String[] keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }

    /** Until when the certificate holds that serves now. */
    Instant expires() {
        look();
        return key(current).expires();
    }

    private ServerKey key(String alias) {
        ServerKey key = keys.get(alias);
        if (key == null) {
            throw new IllegalArgumentException("there is no key " + alias);
        }
        return key;
    }

    private synchronized void look() {
        if (System.nanoTime() - looked < rest.toNanos()) {
            return;
        }
        looked = System.nanoTime();
        try {
            renew(contents());
            trouble = "";
        } catch (IOException unfit) {
            complain(String.valueOf(unfit.getMessage()));
        }
    }

    private void renew(List<byte[]> contents) throws IOException {
        if (same(contents, seen)) {
            return;
        }
        ServerKey renewed = read(contents);
        String alias = String.valueOf(keys.size());
        keys.put(alias, renewed);
        current = alias;
        seen = contents;
        log.log(Level.INFO, "a new certificate serves, until {0}", renewed.expires());
    }

    private void complain(String reason) {
        if (!reason.equals(trouble)) {
            trouble = reason;
            log.log(Level.WARNING, "a new certificate cannot serve, that of before goes on: {0}", reason);
        }
    }

    private List<byte[]> contents() throws IOException {
        List<byte[]> contents = new ArrayList<>();
        for (Path path : files.paths()) {
            try {
                contents.add(Files.readAllBytes(path));
            } catch (NoSuchFileException missing) {
                throw new IOException("there is no file " + path, missing);
            } catch (IOException unreadable) {
                throw new IOException("cannot read " + path + ": " + unreadable, unreadable);
            }
        }
        return contents;
    }

    private ServerKey read(List<byte[]> contents) throws IOException {
        try {
            return files.read(contents);
        } catch (GeneralSecurityException | IllegalArgumentException | IOException unfit) {
            List<String> paths = files.paths().stream().map(Path::toString).toList();
            throw new IOException(
                    "no key to serve with in " + String.join(" and ", paths) + ": " + unfit.getMessage(), unfit);
        }
    }

    private static boolean same(List<byte[]> some, List<byte[]> others) {
        for (int i = 0; i < some.size(); i++) {
            if (!Arrays.equals(some.get(i), others.get(i))) {
                return false;
            }
        }
        return true;
    }
}
