package org.usagestats.dashboard;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;

/** A file of the page. Immutable. */
public final class PageFile {

    private final String mediaType;
    private final String tag;
    private final byte[] content;
    private final byte[] compressed;

    PageFile(String mediaType, byte[] content) {
        this.mediaType = mediaType;
        this.content = content;
        this.compressed = compressed(content);
        this.tag = tag(content);
    }

    /**
     * Says what it is.
     *
     * @return the value of {@code Content-Type}
     */
    public String mediaType() {
        return mediaType;
    }

    /**
     * Names its content: the name of other content is another.
     *
     * @return the value of {@code ETag}, weak since both forms have it
     */
    public String tag() {
        return tag;
    }

    /**
     * The file.
     *
     * @return a copy of its bytes
     */
    public byte[] content() {
        return content.clone();
    }

    /**
     * The file in the coding {@code gzip}.
     *
     * @return a copy of its bytes
     */
    public byte[] compressed() {
        return compressed.clone();
    }

    private static byte[] compressed(byte[] content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(content);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    private static String tag(byte[] content) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
            return "W/\"" + HexFormat.of().formatHex(hash, 0, 12) + '"';
        } catch (NoSuchAlgorithmException brokenJava) {
            throw new IllegalStateException(brokenJava);
        }
    }
}
