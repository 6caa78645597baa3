package org.usagestats.api;

import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The operating system, told without starting a process; on Linux with the distribution of {@code os-release(5)}. */
final class OperatingSystemFlag implements Flag {

    @Override
    public List<String> keys() {
        return List.of("architecture", "distribution", "system");
    }

    @Override
    public String purpose() {
        return "which systems the program has to run on";
    }

    @Override
    public List<Note> notes(Session session) {
        List<Note> notes = new ArrayList<>(3);
        String name = System.getProperty("os.name", "unknown");
        notes.add(new Note(
                "architecture", System.getProperty("os.arch", "unknown").toLowerCase(Locale.ROOT)));
        String distribution = name.equals("Linux") ? distribution() : null;
        if (distribution != null) {
            notes.add(new Note("distribution", distribution));
        }
        notes.add(new Note("system", name + ";" + System.getProperty("os.version", "unknown")));
        return notes;
    }

    private static @Nullable String distribution() {
        String distribution = distribution("/etc/os-release");
        return distribution != null ? distribution : distribution("/usr/lib/os-release");
    }

    private static @Nullable String distribution(String path) {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(new FileInputStream(path), StandardCharsets.UTF_8))) {
            return distribution(lines);
        } catch (IOException unreadable) {
            return null;
        }
    }

    static @Nullable String distribution(BufferedReader lines) throws IOException {
        String name = null;
        String version = "";
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("ID=")) {
                name = unquoted(line.substring(3));
            } else if (line.startsWith("VERSION_ID=")) {
                version = unquoted(line.substring(11));
            }
        }
        return name == null ? null : name + ";" + version;
    }

    private static String unquoted(String value) {
        int end = value.length() - 1;
        boolean quoted =
                end > 0 && (value.charAt(0) == '"' || value.charAt(0) == '\'') && value.charAt(end) == value.charAt(0);
        return quoted ? value.substring(1, end) : value;
    }
}
