package org.usagestats.testkit;

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

/**
 * Keys with certificates that they signed themselves, made by the JDK's keytool in a directory: for tests of who proves what over TLS.
 * They are for {@code localhost} and some other names. Not for use by several threads.
 */
public final class Certificates {

    /** What opens the keystores and their keys. */
    public static final String PASSWORD = "changeit";

    private final Path directory;
    private final List<String> made = new ArrayList<>();

    /**
     * Starts without any.
     *
     * @param directory where they are made, on a file system that knows permissions as POSIX has them
     */
    public Certificates(Path directory) {
        this.directory = directory;
    }

    /**
     * Makes the files NAME.p12, NAME.pem and NAME.key; others than their owner may not read the last.
     *
     * @param name the name of the key
     * @param algorithm what the key is of, such as {@code EC}
     * @param options what else keytool is told
     * @throws IOException if keytool fails, with what it says
     * @throws GeneralSecurityException if what it has made is none
     * @throws InterruptedException if the thread is interrupted before keytool ends
     */
    public void make(String name, String algorithm, String... options)
            throws IOException, GeneralSecurityException, InterruptedException {
        Path store = p12(name);
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of("-genkeypair", "-keyalg", algorithm, "-alias", name, "-dname", "CN=" + name));
        command.addAll(
                List.of("-ext", "san=dns:localhost,ip:127.0.0.1,dns:stats.example.org,dns:127.0.0.1.example.org"));
        command.addAll(List.of("-storetype", "PKCS12", "-keystore", store.toString(), "-storepass", PASSWORD));
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

    /**
     * Tells where a keystore is.
     *
     * @param name the name of its key
     * @return a PKCS #12 file with the key and its certificate
     */
    public Path p12(String name) {
        return directory.resolve(name + ".p12");
    }

    /**
     * Tells where a certificate is.
     *
     * @param name the name of its key
     * @return a PEM file with the certificate
     */
    public Path pem(String name) {
        return directory.resolve(name + ".pem");
    }

    /**
     * Tells where a key is.
     *
     * @param name its name
     * @return a PEM file with the private key
     */
    public Path key(String name) {
        return directory.resolve(name + ".key");
    }

    /**
     * Reads a certificate.
     *
     * @param name the name of its key
     * @return the certificate
     * @throws IOException if it cannot be read
     * @throws GeneralSecurityException if the file holds none
     */
    public Certificate certificate(String name) throws IOException, GeneralSecurityException {
        return keys(name).getCertificate(name);
    }

    /**
     * Puts the PEM files of one in the place of another's, one after the other as certbot does.
     *
     * @param name the one that goes
     * @param by the one that comes
     * @throws IOException if that fails
     */
    public void replace(String name, String by) throws IOException {
        Files.copy(pem(by), pem(name), StandardCopyOption.REPLACE_EXISTING);
        Files.copy(key(by), key(name), StandardCopyOption.REPLACE_EXISTING);
    }

    /**
     * Makes what a client needs that trusts some of these certificates and no others.
     *
     * @param names the names of their keys
     * @return a context for its connections
     * @throws IOException if one of them cannot be read
     * @throws GeneralSecurityException if one of them is none
     */
    public SSLContext trust(String... names) throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        for (String name : names) {
            trusted.setCertificateEntry(name, certificate(name));
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, factory.getTrustManagers(), null);
        return context;
    }

    /**
     * Makes what a client needs that trusts all certificates that were made here.
     *
     * @return a context for its connections
     * @throws IOException if one of them cannot be read
     * @throws GeneralSecurityException if one of them is none
     */
    public SSLContext trustAll() throws IOException, GeneralSecurityException {
        return trust(made.toArray(String[]::new));
    }

    private KeyStore keys(String name) throws IOException, GeneralSecurityException {
        return KeyStore.getInstance(p12(name).toFile(), PASSWORD.toCharArray());
    }

    private static void write(Path file, String label, byte[] der) throws IOException {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        Files.writeString(file, "-----BEGIN " + label + "-----\n" + base64 + "\n-----END " + label + "-----\n");
        Files.setPosixFilePermissions(
                file, PosixFilePermissions.fromString(label.equals("CERTIFICATE") ? "rw-r--r--" : "rw-------"));
    }
}
