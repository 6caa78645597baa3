package org.usagestats.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/**
 * A JDK that programs are run with.
 *
 * @param java its {@code java} command
 * @param version its version, such as {@code 17.0.15}
 */
public record Jdk(Path java, String version) {

    /**
     * Finds a JDK.
     *
     * @param place its home, or the path of its {@code java} command
     * @return the JDK that is there
     * @throws IOException if its version cannot be read
     * @throws IllegalArgumentException if there is none
     */
    public static Jdk at(Path place) throws IOException {
        Path home = Files.isDirectory(place)
                ? place.toRealPath()
                : place.toRealPath().resolve("../..").normalize();
        Path java = home.resolve("bin/java");
        Path release = home.resolve("release");
        if (!Files.isExecutable(java) || !Files.isReadable(release)) {
            throw new IllegalArgumentException("not the home of a JDK, nor its java command: " + place);
        }
        Properties properties = new Properties();
        try (var reader = Files.newBufferedReader(release)) {
            properties.load(reader);
        }
        return new Jdk(java, properties.getProperty("JAVA_VERSION", "?").replace("\"", ""));
    }

    int feature() {
        return Runtime.Version.parse(version).feature();
    }
}
