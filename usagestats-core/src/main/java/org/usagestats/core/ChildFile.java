package org.usagestats.core;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.usagestats.api.Note;
import org.usagestats.api.TextFormat;
import org.usagestats.spi.TransportConfig;
import org.usagestats.spi.TransportConfig.Plaintext;

/**
 * What a detached drain must know of the program that started it, kept in the file {@code child} of the spool, where only
 * the user can read it, rather than on a command line, where everybody can.
 *
 * @param program the program's name
 * @param variable the environment variable that switches the program's statistics off
 * @param transport where and how to deliver
 * @param consentStore the name of the consent store, if the program named one
 * @param properties the system properties that say how the program's JVM reaches the network
 */
record ChildFile(
        String program,
        String variable,
        TransportConfig transport,
        @Nullable String consentStore,
        List<Note> properties) {

    static final String FILE = "child";

    private static final String PROPERTY = "property.";

    /** The networking properties of the JDK, and those of its default trust and key stores. */
    private static final String[] NETWORK_PROPERTIES = {
        "http.proxyHost",
        "http.proxyPort",
        "http.proxyUser",
        "http.proxyPassword",
        "http.nonProxyHosts",
        "https.proxyHost",
        "https.proxyPort",
        "https.proxyUser",
        "https.proxyPassword",
        "jdk.http.auth.proxying.disabledSchemes",
        "jdk.http.auth.tunneling.disabledSchemes",
        "socksProxyHost",
        "socksProxyPort",
        "socksProxyVersion",
        "java.net.useSystemProxies",
        "java.net.preferIPv4Stack",
        "java.net.preferIPv6Addresses",
        "javax.net.ssl.trustStore",
        "javax.net.ssl.trustStoreType",
        "javax.net.ssl.trustStorePassword",
        "javax.net.ssl.trustStoreProvider"
    };

    /** How this JVM reaches the network; with what the environment says of it that is not for another's environment. */
    static List<Note> networkProperties(Map<String, String> environment) {
        List<Note> properties = new ArrayList<>();
        for (String name : NETWORK_PROPERTIES) {
            String value = System.getProperty(name);
            if (value != null) {
                properties.add(new Note(name, value));
            }
        }
        if (!jvmNamesAProxy()) {
            ProxyVariable.addLogin("http", environment, properties);
            ProxyVariable.addLogin("https", environment, properties);
        }
        return properties;
    }

    /** Whether the proxy of the environment is not used, and another must not be told the login for it. */
    private static boolean jvmNamesAProxy() {
        return System.getProperty("http.proxyHost") != null
                || System.getProperty("https.proxyHost") != null
                || System.getProperty("socksProxyHost") != null
                || Boolean.getBoolean("java.net.useSystemProxies");
    }

    static ChildFile read(Spool spool) throws IOException {
        try {
            return parse(TextFormat.decode(spool.directory().read(FILE)));
        } catch (IllegalArgumentException broken) {
            throw new IOException("the file " + FILE + " of the spool is broken", broken);
        }
    }

    /** Whether the file says this. */
    boolean isKept(Spool spool) throws IOException {
        Directory directory = spool.directory();
        return directory.exists(FILE) && Arrays.equals(TextFormat.encode(notes()), directory.read(FILE));
    }

    /** Writes the file, unless it says the same already. */
    void write(Spool spool) throws IOException {
        if (!isKept(spool)) {
            spool.directory().replace(FILE, TextFormat.encode(notes()));
        }
    }

    private List<Note> notes() {
        List<Note> notes = new ArrayList<>();
        notes.add(new Note("program", program));
        notes.add(new Note("variable", variable));
        notes.add(new Note("drop_point", transport.dropPoint().toString()));
        notes.add(new Note("plaintext", transport.plaintext().name()));
        if (transport.certificateAuthority().isPresent()) {
            notes.add(new Note(
                    "certificate_authority",
                    transport.certificateAuthority().get().toAbsolutePath().toString()));
        }
        if (consentStore != null) {
            notes.add(new Note("consent_store", consentStore));
        }
        for (Note property : properties) {
            notes.add(new Note(PROPERTY + property.key(), property.value()));
        }
        return notes;
    }

    private static ChildFile parse(List<Note> notes) {
        List<Note> properties = new ArrayList<>();
        for (Note note : notes) {
            if (note.key().startsWith(PROPERTY)) {
                properties.add(new Note(note.key().substring(PROPERTY.length()), note.value()));
            }
        }
        String authority = value(notes, "certificate_authority");
        TransportConfig transport = new TransportConfig(
                URI.create(required(notes, "drop_point")),
                Plaintext.valueOf(required(notes, "plaintext")),
                authority == null ? Optional.empty() : Optional.of(Path.of(authority)));
        return new ChildFile(
                required(notes, "program"),
                required(notes, "variable"),
                transport,
                value(notes, "consent_store"),
                properties);
    }

    private static String required(List<Note> notes, String key) {
        String value = value(notes, key);
        if (value == null) {
            throw new IllegalArgumentException("there is no " + key);
        }
        return value;
    }

    private static @Nullable String value(List<Note> notes, String key) {
        for (Note note : notes) {
            if (note.key().equals(key)) {
                return note.value();
            }
        }
        return null;
    }
}
