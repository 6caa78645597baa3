package org.usagestats.api;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;

/**
 * A flag that comes with the library.
 *
 * <p>What a key stands for is found out when a report is made: from system properties, the environment, and small files of
 * the kernel. Nothing is asked of the network, of a name service or of another process. What is unknown is left out.
 */
final class StandardFlag implements Flag {

    /** Longer than anything that is read here. */
    private static final int FILE_LIMIT = 8192;

    private static final double MILLIS_PER_HOUR = 3_600_000;

    private final String purpose;
    private final boolean identifying;
    private final List<String> keys;

    private StandardFlag(String purpose, boolean identifying, String... keys) {
        this.purpose = purpose;
        this.identifying = identifying;
        this.keys = List.of(keys);
    }

    static StandardFlag of(String purpose, String... keys) {
        return new StandardFlag(purpose, false, keys);
    }

    static StandardFlag identifying(String purpose, String key) {
        return new StandardFlag(purpose, true, key);
    }

    @Override
    public List<String> keys() {
        return keys;
    }

    @Override
    public String purpose() {
        return purpose;
    }

    @Override
    public boolean identifying() {
        return identifying;
    }

    @Override
    public List<Note> notes(Session session) {
        List<Note> notes = new ArrayList<>(keys.size());
        for (String key : keys) {
            String value = value(key, session);
            if (value != null) {
                notes.add(new Note(key, value));
            }
        }
        return notes;
    }

    private static @Nullable String value(String key, Session session) {
        return switch (key) {
            case "architecture" -> orUnknown(property("os.arch")).toLowerCase(Locale.ROOT);
            case "distribution" -> distribution();
            case "system" -> orUnknown(property("os.name")) + ";" + orUnknown(property("os.version"));
            case "java" -> java(Runtime.version());
            case "session_time" -> TextFormat.seconds(session.elapsed().toMillis());
            case "runtime.version" -> property("java.runtime.version");
            case "runtime.date" -> property("java.version.date");
            case "runtime.vendor" -> property("java.vendor");
            case "runtime.vm" -> property("java.vm.name");
            case "runtime.vm_version" -> property("java.vm.version");
            case "runtime.bits" -> property("sun.arch.data.model");
            case "hostname" -> hostName();
            case "username" -> property("user.name");
            case "command_line" -> property("sun.java.command");
            case "time.utc" -> utc(System.currentTimeMillis() / 1000);
            case "time.std_utc_offset" -> Double.toString(TimeZone.getDefault().getRawOffset() / MILLIS_PER_HOUR);
            case "uname.system" -> property("os.name");
            case "uname.release" -> property("os.version");
            case "uname.version" -> kernel("version");
            case "uname.machine" -> machine();
            case "uname.processor" -> processor();
            case "linux_dist.name" -> variable("NAME", osRelease());
            case "linux_dist.version" -> variable("VERSION_ID", osRelease());
            default -> null;
        };
    }

    private static @Nullable String distribution() {
        String release = osRelease();
        String id = variable("ID", release);
        String version = variable("VERSION_ID", release);
        return id == null ? null : id + ";" + (version == null ? "" : version);
    }

    private static String java(Runtime.Version version) {
        String vendor = orUnknown(property("java.vendor"));
        return version.feature() + ";" + version.interim() + ";" + version.update() + ";" + vendor;
    }

    /** The name that the machine has given itself; what a name service would call it is never asked. */
    private static @Nullable String hostName() {
        String name = kernel("hostname");
        name = name == null ? known(System.getenv("HOSTNAME")) : name;
        return name == null ? known(System.getenv("COMPUTERNAME")) : name;
    }

    /** Writes a time of RFC 3339; a nanosecond is added and cut off, since seconds that are zero are not written else. */
    static String utc(long seconds) {
        String time = LocalDateTime.ofEpochSecond(seconds, 1, ZoneOffset.UTC).toString();
        return time.substring(0, time.length() - ".000000001".length()) + "Z";
    }

    /** The machine's type in the word of {@code uname -m}, which on Linux is not always Java's. */
    private static @Nullable String machine() {
        String machine = property("os.arch");
        return isLinux() && "amd64".equals(machine) ? "x86_64" : machine;
    }

    /** What Windows says of the processor; elsewhere its type, as {@code uname -p} does where it says anything. */
    private static @Nullable String processor() {
        String processor = known(System.getenv("PROCESSOR_IDENTIFIER"));
        return processor == null ? machine() : processor;
    }

    private static boolean isLinux() {
        return "Linux".equals(property("os.name"));
    }

    private static @Nullable String kernel(String name) {
        return isLinux() ? known(content("/proc/sys/kernel/" + name)) : null;
    }

    private static String osRelease() {
        String release = isLinux() ? content("/etc/os-release") : "";
        return release.isEmpty() && isLinux() ? content("/usr/lib/os-release") : release;
    }

    /** Finds a variable in the text of an {@code os-release(5)}; the last of several counts, as for a shell. */
    static @Nullable String variable(String name, String release) {
        String lines = "\n" + release + "\n";
        String start = "\n" + name + "=";
        int at = lines.lastIndexOf(start);
        if (at < 0) {
            return null;
        }
        int from = at + start.length();
        return known(unquoted(lines.substring(from, lines.indexOf('\n', from)).trim()));
    }

    private static String unquoted(String value) {
        int end = value.length() - 1;
        boolean quoted =
                end > 0 && (value.charAt(0) == '"' || value.charAt(0) == '\'') && value.charAt(end) == value.charAt(0);
        return quoted ? value.substring(1, end) : value;
    }

    private static String content(String file) {
        try (FileInputStream in = new FileInputStream(file)) {
            return new String(in.readNBytes(FILE_LIMIT), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            return "";
        }
    }

    private static @Nullable String property(String name) {
        return known(System.getProperty(name));
    }

    /** Tells what is known from what is not: Java says {@code ?} of a user without a name. */
    private static @Nullable String known(@Nullable String value) {
        String stripped = value == null ? "" : value.strip();
        return stripped.isEmpty() || stripped.equals("?") || stripped.equals("unknown") ? null : stripped;
    }

    private static String orUnknown(@Nullable String value) {
        return value == null ? "unknown" : value;
    }
}
