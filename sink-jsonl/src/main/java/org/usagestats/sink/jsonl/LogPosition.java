package org.usagestats.sink.jsonl;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import java.util.TreeSet;
import org.usagestats.sink.kit.EraseKey;

/**
 * Names what a log holds, so that it has another name whenever an answer could be another: by how far the open segment may be
 * read, by the length, the time of change and the identity of every other, and by what is to be erased.
 *
 * <p>That takes a look at each file and reads none. A name comes back only where what is there is as it was, since segments
 * grow, or become other files. For use by several threads.
 */
final class LogPosition {

    private static final int BYTES = 16;

    private final Settings settings;
    private final SegmentListing listing;

    LogPosition(Settings settings) {
        this.settings = settings;
        this.listing = new SegmentListing(settings.layout());
    }

    /**
     * The name of what is there now.
     *
     * @param erased the reports that are passed over
     * @param frontier how far the segments of this instance may be read, looked at after these
     */
    String name(Set<EraseKey> erased, Frontier frontier) throws IOException {
        StringBuilder state = new StringBuilder();
        new TreeSet<>(erased).forEach(key -> state.append(key).append('\n'));
        for (Segment segment : listing.segments()) {
            long sequence = segment.sequenceOf(settings.instance());
            long readable = sequence == 0 ? Long.MAX_VALUE : frontier.readable(sequence);
            if (readable > 0) {
                state.append(segment).append(readable < Long.MAX_VALUE ? readable : version(segment));
                state.append('\n');
            }
        }
        return hash(state.toString());
    }

    private String version(Segment segment) throws IOException {
        try {
            BasicFileAttributes file =
                    settings.layout().look(segment, found -> Files.readAttributes(found, BasicFileAttributes.class));
            return file.size() + " " + file.lastModifiedTime() + " " + file.fileKey();
        } catch (NoSuchFileException deleted) {
            return "deleted";
        }
    }

    private static String hash(String state) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(state.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, BYTES);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
