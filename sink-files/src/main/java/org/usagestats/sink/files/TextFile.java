package org.usagestats.sink.files;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.usagestats.api.Note;
import org.usagestats.api.TextFormat;
import org.usagestats.sink.ReceivedReport;
import org.usagestats.sink.ServerField;
import org.usagestats.sink.kit.EraseKey;
import org.usagestats.sink.kit.Fingerprint;
import org.usagestats.sink.kit.IdWindow;

/**
 * A text report's file: lines of the collector, then the body exactly as it was received.
 *
 * <p>The collector's lines are known by their place: address and date always, then id, erase hash and path, each if it
 * has one. A body that begins like one of them is preceded by all five, so that nothing a client sends is taken for the collector's.
 */
final class TextFile implements FileFormat {

    private static final String NO_VALUE = "-";
    private static final String ROOT = "/";
    private static final byte[] LIKE_OURS = "submitted_".getBytes(StandardCharsets.US_ASCII);
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,12}\\.[0-9]{3}");
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    @Override
    public byte[] encode(ReceivedReport report) {
        byte[] head = TextFormat.encode(head(report));
        byte[] content = Arrays.copyOf(head, head.length + report.body().length);
        System.arraycopy(report.body(), 0, content, head.length, report.body().length);
        return content;
    }

    private static List<Note> head(ReceivedReport report) {
        boolean inFull = startsWith(report.body(), 0, LIKE_OURS);
        List<Note> head = new ArrayList<>(5);
        head.add(new Note(ServerField.SUBMITTED_FROM, report.address().orElse(NO_VALUE)));
        head.add(new Note(
                ServerField.SUBMITTED_DATE, TextFormat.seconds(report.received().toEpochMilli())));
        if (inFull || report.id().isPresent()) {
            head.add(new Note(
                    ServerField.SUBMITTED_ID, report.id().map(UUID::toString).orElse(NO_VALUE)));
        }
        if (inFull || report.eraseHash().isPresent()) {
            head.add(new Note(ServerField.SUBMITTED_ERASE, report.eraseHash().orElse(NO_VALUE)));
        }
        if (inFull || !report.path().equals(ROOT)) {
            head.add(new Note(ServerField.SUBMITTED_PATH, report.path()));
        }
        return head;
    }

    @Override
    public Optional<byte[]> canonicalJson(byte[] content) {
        return decode(content).map(ReceivedReport::json);
    }

    @Override
    public Optional<Fingerprint> fingerprint(byte[] content, IdWindow window) {
        return decode(content)
                .filter(report -> report.id().isPresent() || report.user().isPresent())
                .map(window::fingerprint);
    }

    @Override
    public Optional<EraseKey> eraseKey(byte[] content) {
        return decode(content).flatMap(TextFile::eraseKey);
    }

    private static Optional<EraseKey> eraseKey(ReceivedReport report) {
        return report.id().flatMap(id -> report.eraseHash().map(hash -> EraseKey.of(id, hash)));
    }

    /** Reads the report back; empty if the file is damaged. */
    static Optional<ReceivedReport> decode(byte[] content) {
        Head head = new Head(content);
        Optional<String> from = head.next(ServerField.SUBMITTED_FROM);
        Optional<String> date = head.next(ServerField.SUBMITTED_DATE)
                .filter(text -> SECONDS.matcher(text).matches());
        Optional<String> id = head.next(ServerField.SUBMITTED_ID).filter(text -> !text.equals(NO_VALUE));
        Optional<String> hash = head.next(ServerField.SUBMITTED_ERASE).filter(text -> !text.equals(NO_VALUE));
        Optional<String> path = head.next(ServerField.SUBMITTED_PATH);
        if (from.isEmpty()
                || date.isEmpty()
                || id.filter(text -> !ID.matcher(text).matches()).isPresent()
                || hash.filter(text -> !HASH.matcher(text).matches()).isPresent()) {
            return Optional.empty();
        }
        ReceivedReport.Builder report = ReceivedReport.text(head.rest(), time(date.get()));
        from.filter(address -> !address.equals(NO_VALUE)).ifPresent(report::address);
        id.map(UUID::fromString).ifPresent(report::id);
        hash.ifPresent(report::eraseHash);
        path.ifPresent(report::path);
        return Optional.of(report.build());
    }

    private static Instant time(String seconds) {
        return Instant.ofEpochMilli(Long.parseLong(seconds.replace(".", "")));
    }

    private static boolean startsWith(byte[] bytes, int from, byte[] start) {
        int to = from + start.length;
        return to <= bytes.length && Arrays.equals(bytes, from, to, start, 0, start.length);
    }

    /** Reads the collector's lines one after the other. */
    private static final class Head {

        private final byte[] content;
        private int at;

        Head(byte[] content) {
            this.content = content;
        }

        /** The value of the next line, if that is a line of this key; then the line after it is the next. */
        Optional<String> next(String key) {
            byte[] start = (key + ":").getBytes(StandardCharsets.US_ASCII);
            int end = at;
            while (end < content.length && content[end] != '\n') {
                end++;
            }
            if (end == content.length || !startsWith(content, at, start)) {
                return Optional.empty();
            }
            int from = at + start.length;
            at = end + 1;
            return Optional.of(new String(content, from, end - from, StandardCharsets.UTF_8));
        }

        byte[] rest() {
            return Arrays.copyOfRange(content, at, content.length);
        }
    }
}
