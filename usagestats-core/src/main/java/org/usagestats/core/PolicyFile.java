package org.usagestats.core;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import org.jspecify.annotations.Nullable;
import org.usagestats.api.Note;
import org.usagestats.api.TextFormat;

/**
 * What an administrator's file says.
 *
 * <p>In the text format it may say {@code reporting:on} or {@code reporting:off}, and {@code drop_point:<url>}; a line that
 * begins with {@code #} is a comment. A file that says anything else, that cannot be read, or that more than its owner can
 * write means "off": somebody wished for something, and to send against a wish is the worse mistake.
 *
 * @param off why it switches off, in a sentence fit to show, or null if it does not
 * @param on why it switches on, or null if it does not
 * @param dropPoint where reports go, or null if it leaves that to the program
 */
record PolicyFile(
        @Nullable String off, @Nullable String on, @Nullable URI dropPoint) {

    /** How much of a line that means nothing is worth repeating. */
    private static final int LONGEST_SHOWN = 60;

    static PolicyFile read(File file) {
        try {
            checkKind(file.toPath());
            return parse(file, content(file));
        } catch (IOException unreadable) {
            return faulty(file, "cannot be read");
        } catch (IllegalArgumentException fault) {
            return faulty(file, fault.getMessage());
        }
    }

    private static byte[] content(File file) throws IOException {
        try (InputStream in = new FileInputStream(file)) {
            return Directory.whole(file.getName(), in);
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

    private static PolicyFile parse(File file, byte[] text) {
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
        return new PolicyFile(
                "off".equals(reporting)
                        ? "Usage statistics are switched off by your administrator (" + file + ")."
                        : null,
                "on".equals(reporting) ? "Usage statistics are enabled by your administrator (" + file + ")." : null,
                dropPoint);
    }

    private static PolicyFile faulty(File file, @Nullable String fault) {
        String off = "Usage statistics are switched off by your administrator, whose file " + file + " " + fault + ".";
        return new PolicyFile(off, null, null);
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
