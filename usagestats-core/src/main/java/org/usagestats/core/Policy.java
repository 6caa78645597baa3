package org.usagestats.core;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.usagestats.api.Note;
import org.usagestats.api.TextFormat;
import org.usagestats.spi.TransportConfig;

/**
 * What an administrator decided about a program for everybody on the machine: the file {@code usage-stats/<program>} in
 * the system-wide configuration folder.
 *
 * <p>In the text format it may say {@code reporting:on} or {@code reporting:off}, and {@code drop_point:<url>}; a line that
 * begins with {@code #} is a comment. A file that says anything else, that cannot be read, or that more than its owner can
 * write means "off": somebody wished for something, and to send against a wish is the worse mistake.
 *
 * <p>Where the file is absent, a look at it costs one system call.
 */
final class Policy {

    /** What the file says: why it is off, why it is on, where reports go; null for what it leaves to others. */
    private record Wish(
            @Nullable String off,
            @Nullable String on,
            @Nullable URI dropPoint) {}

    /** How much of a line that means nothing is worth repeating. */
    private static final int LONGEST_SHOWN = 60;

    private static final Wish NONE = new Wish(null, null, null);

    private final File file;
    private final Wish atFirst;
    private Wish seen;
    private boolean asked;

    Policy(File systemFolder, String program) {
        this.file = new File(new File(systemFolder, "usage-stats"), program);
        this.atFirst = read();
        this.seen = atFirst;
    }

    /**
     * Looks at the file afresh, but the first time, for then it was looked at just now. Returns why it switches off, in a
     * sentence fit to show, or null if it does not.
     */
    synchronized @Nullable String off() {
        if (asked) {
            seen = read();
        }
        asked = true;
        if (seen.off() == null && !Objects.equals(seen.dropPoint(), atFirst.dropPoint())) {
            return "Usage statistics wait for the program to be started again: your administrator changed where they go ("
                    + file + ").";
        }
        return seen.off();
    }

    /** Why it switched on at the last look, in a sentence fit to show, or null if it did not. */
    synchronized @Nullable String on() {
        return seen.on();
    }

    /** Where and how to deliver: as a program says, but to the drop point that the file named at first, if it did. */
    TransportConfig over(TransportConfig program) {
        URI named = atFirst.dropPoint();
        return named == null
                ? program
                : new TransportConfig(named, program.plaintext(), program.certificateAuthority());
    }

    /** Only a file that is surely absent is no wish: one in a folder that cannot be searched, or a broken link, is one. */
    private Wish read() {
        Path path = file.toPath();
        if (Files.notExists(path, LinkOption.NOFOLLOW_LINKS)) {
            return NONE;
        }
        try {
            checkKind(path);
            return parse(SmallFile.read(file));
        } catch (IOException unreadable) {
            return faulty("cannot be read");
        } catch (IllegalArgumentException fault) {
            return faulty(fault.getMessage());
        }
    }

    private static void checkKind(Path path) throws IOException {
        boolean posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
        BasicFileAttributes attributes = posix
                ? Files.readAttributes(path, PosixFileAttributes.class)
                : Files.readAttributes(path, BasicFileAttributes.class);
        if (!attributes.isRegularFile()) {
            throw new IllegalArgumentException("is not a file");
        }
        if (attributes instanceof PosixFileAttributes mode
                && (mode.permissions().contains(PosixFilePermission.GROUP_WRITE)
                        || mode.permissions().contains(PosixFilePermission.OTHERS_WRITE))) {
            throw new IllegalArgumentException("can be written by others than its owner; allowed is the owner alone");
        }
    }

    private Wish parse(byte[] text) {
        String reporting = null;
        URI dropPoint = null;
        for (Note line : TextFormat.decode(text)) {
            String key = line.key().trim();
            String value = line.value().trim();
            if (key.startsWith("#") || (key.isEmpty() && value.isEmpty())) {
                continue;
            }
            if (key.equals("reporting") && reporting == null) {
                reporting = checkedReporting(value);
            } else if (key.equals("drop_point") && dropPoint == null) {
                dropPoint = checkedDropPoint(value);
            } else {
                throw new IllegalArgumentException(
                        "says \"" + shown(key) + "\"; allowed are \"reporting\" and \"drop_point\", each once");
            }
        }
        return new Wish(
                "off".equals(reporting)
                        ? "Usage statistics are switched off by your administrator (" + file + ")."
                        : null,
                "on".equals(reporting) ? "Usage statistics are enabled by your administrator (" + file + ")." : null,
                dropPoint);
    }

    private Wish faulty(@Nullable String fault) {
        String off = "Usage statistics are switched off by your administrator, whose file " + file + " " + fault + ".";
        return new Wish(off, null, null);
    }

    private static String checkedReporting(String value) {
        if (!value.equals("on") && !value.equals("off")) {
            throw new IllegalArgumentException(
                    "says \"reporting:" + shown(value) + "\"; allowed are \"reporting:on\" and \"reporting:off\"");
        }
        return value;
    }

    private static URI checkedDropPoint(String value) {
        try {
            URI url = new URI(value);
            if (url.isAbsolute() && url.getHost() != null) {
                return url;
            }
        } catch (URISyntaxException malformed) {
            // Reported below, as is a URL without a scheme or a host.
        }
        throw new IllegalArgumentException(
                "says \"drop_point:" + shown(value) + "\"; allowed is a URL such as https://usagestats.example.org/");
    }

    private static String shown(String text) {
        return text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "…";
    }
}
