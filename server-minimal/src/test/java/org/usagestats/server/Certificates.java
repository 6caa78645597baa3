package org.usagestats.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Keys with certificates that they signed themselves, made by keytool in a directory. */
final class Certificates {

    static final String PASSWORD = "changeit";

    private final Path directory;
    private final List<String> made = new ArrayList<>();

    Certificates(Path directory) {
        this.directory = directory;
    }

    /** Makes NAME.p12, NAME.pem and NAME.key. */
    void make(String name, String algorithm, String... options) throws Exception {
        Path store = p12(name);
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                algorithm,
                "-alias",
                name,
                "-dname",
                "CN=" + name,
                "-ext",
                "san=dns:localhost,ip:127.0.0.1,dns:stats.example.org,dns:127.0.0.1.example.org",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD));
        command.addAll(List.of(options));
        Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (keytool.waitFor() != 0) {
            throw new IOException(said);
        }
        KeyStore entries = keys(name);
        write(pem(name), "CERTIFICATE", entries.getCertificate(name).getEncoded());
        PrivateKey key = (PrivateKey) entries.getKey(name, PASSWORD.toCharArray());
        write(key(name), "PRIVATE KEY", key.getEncoded());
        made.add(name);
    }

    Path p12(String name) {
        return directory.resolve(name + ".p12");
    }

    Path pem(String name) {
        return directory.resolve(name + ".pem");
    }

    Path key(String name) {
        return directory.resolve(name + ".key");
    }

    Certificate certificate(String name) throws Exception {
        return keys(name).getCertificate(name);
    }

    /** Puts the files of one in the place of another's, one after the other as certbot does. */
    void replace(String name, String by) throws IOException {
        Files.copy(pem(by), pem(name), StandardCopyOption.REPLACE_EXISTING);
        Files.copy(key(by), key(name), StandardCopyOption.REPLACE_EXISTING);
    }

    /** What a client needs that trusts these and no others. */
    SSLContext trust(String... names) throws GeneralSecurityException, IOException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        for (String name : names) {
            trusted.setCertificateEntry(name, keys(name).getCertificate(name));
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, factory.getTrustManagers(), null);
        return context;
    }

    SSLContext trustAll() throws GeneralSecurityException, IOException {
        return trust(made.toArray(String[]::new));
    }

    private KeyStore keys(String name) throws GeneralSecurityException, IOException {
        return KeyStore.getInstance(p12(name).toFile(), PASSWORD.toCharArray());
    }

    private static void write(Path file, String label, byte[] der) throws IOException {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        Files.writeString(file, "-----BEGIN " + label + "-----\n" + base64 + "\n-----END " + label + "-----\n");
        Files.setPosixFilePermissions(
                file, PosixFilePermissions.fromString(label.equals("CERTIFICATE") ? "rw-r--r--" : "rw-------"));
    }
}
