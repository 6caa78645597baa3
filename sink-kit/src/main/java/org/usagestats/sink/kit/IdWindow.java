package org.usagestats.sink.kit;

import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.usagestats.sink.Outcome;
import org.usagestats.sink.ReceivedReport;
import org.usagestats.sink.ReceivedReport.Format;
import org.usagestats.sink.kit.Fingerprint.Span;

/**
 * Recognises reports that were received before, for 30 days, in 16 bytes a report and a little room.
 *
 * <p>A report with an id is known by it. A text report without one is known by its fields if it names its user, for then
 * equal fields are the same report sent again; if it does not, only when it comes from the same address within 10
 * minutes. A JSON report without an id is never recognised, since equal objects from different machines are different
 * reports. Days and minutes are counted as whole ones in UTC.
 *
 * <p>Reports are told apart by 64-bit hashes under secret keys, so that nobody can craft two that are taken for one. A
 * window learns what was stored before it was made by {@link #add adding} it again, from the oldest to the newest: the
 * reports, or what a window with the same key has made of them.
 *
 * <p>The {@code fingerprint} methods may be called by any thread; all others by one at a time.
 */
public final class IdWindow {

    /** How long the key of a window is, in bytes. */
    public static final int KEY_BYTES = 4 * Long.BYTES;

    private final SipHash ids;
    private final SipHash fields;
    private final SipHash senders = SipHash.withRandomKey();

    private final HashesByPeriod days = new HashesByPeriod(Duration.ofDays(1), 30);
    private final HashesByPeriod minutes = new HashesByPeriod(Duration.ofMinutes(1), 10);

    /** Creates a window that knows no report, with a key that it draws for itself. */
    public IdWindow() {
        this(randomKey());
    }

    /**
     * Creates a window that knows no report.
     *
     * @param key {@value #KEY_BYTES} bytes from {@link #randomKey}, to be kept secret
     */
    public IdWindow(byte[] key) {
        ByteBuffer numbers = ByteBuffer.wrap(key);
        ids = new SipHash(numbers.getLong(), numbers.getLong());
        fields = new SipHash(numbers.getLong(), numbers.getLong());
    }

    /** Draws a key from the system's random numbers. */
    public static byte[] randomKey() {
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        return key;
    }

    /**
     * Makes the fingerprint of a report that was just received.
     *
     * @param report the report
     * @return its fingerprint in this window
     */
    public Fingerprint fingerprint(ReceivedReport report) {
        byte[] json = report.json();
        int from = report.fieldsOffset();
        int to = json.length - 1;
        if (report.id().isPresent()) {
            return fingerprint(report.id().get(), json, from, to);
        }
        if (report.format() == Format.JSON) {
            return new Fingerprint(Span.NEVER, 0, 0);
        }
        return report.user().isPresent() ? fingerprint(json, from, to) : fingerprint(report.peer(), json, from, to);
    }

    /**
     * Makes the fingerprint of a stored report with an id.
     *
     * @param id its id
     * @param json a record that holds its canonical JSON
     * @param from the index of the first byte of the report's own fields
     * @param to the index after their last byte, which is that of the closing brace in {@link ReceivedReport#json}
     * @return its fingerprint in this window
     */
    public Fingerprint fingerprint(UUID id, byte[] json, int from, int to) {
        long identity = ids.hash(id.getMostSignificantBits(), id.getLeastSignificantBits());
        return new Fingerprint(Span.DAYS, identity, fields.hash(json, from, to));
    }

    /**
     * Makes the fingerprint of a stored text report without an id that names its user.
     *
     * @param json a record that holds its canonical JSON
     * @param from the index of the first byte of the report's own fields
     * @param to the index after their last byte, which is that of the closing brace in {@link ReceivedReport#json}
     * @return its fingerprint in this window
     */
    public Fingerprint fingerprint(byte[] json, int from, int to) {
        return new Fingerprint(Span.DAYS, fields.hash(json, from, to), 0);
    }

    private Fingerprint fingerprint(String sender, byte[] json, int from, int to) {
        byte[] name = sender.getBytes(StandardCharsets.UTF_8);
        long identity = senders.hash(senders.hash(name, 0, name.length), fields.hash(json, from, to));
        return new Fingerprint(Span.MINUTES, identity, 0);
    }

    /**
     * Tells whether a report was added before, and forgets those that are too old.
     *
     * @param report the report's fingerprint
     * @param now the time now
     * @return {@link Outcome#DUPLICATE} if the same was added, {@link Outcome#CONFLICT} if one with the same id but other
     *     fields was, or empty if neither
     */
    public Optional<Outcome> seen(Fingerprint report, Instant now) {
        OptionalLong earlier = switch (report.span()) {
            case DAYS -> days.find(report.identity(), now);
            case MINUTES -> minutes.find(report.identity(), now);
            case NEVER -> OptionalLong.empty();
        };
        return earlier.isPresent() ? Optional.of(report.after(earlier.getAsLong())) : Optional.empty();
    }

    /**
     * Adds a report that was stored.
     *
     * @param report the report's fingerprint
     * @param received when the report was received
     */
    public void add(Fingerprint report, Instant received) {
        switch (report.span()) {
            case DAYS -> days.put(report.identity(), report.content(), received);
            case MINUTES -> minutes.put(report.identity(), report.content(), received);
            case NEVER -> {}
        }
    }

    /**
     * Adds a report that was stored and is recognised for days, by what a window with the same key has made of it.
     *
     * @param identity the {@link Fingerprint#identity} of its fingerprint
     * @param content the {@link Fingerprint#content} of its fingerprint
     * @param received when the report was received
     */
    public void add(long identity, long content, Instant received) {
        days.put(identity, content, received);
    }

    /**
     * Adds reports that were stored and are recognised for days, as {@link #add(long, long, Instant)} does one: fastest in
     * the order of their identities as unsigned numbers.
     *
     * @param reports the {@link Fingerprint#identity} and the {@link Fingerprint#content} of each
     * @param received when they were received
     */
    public void addAll(LongBuffer reports, Instant received) {
        days.putAll(reports, received);
    }

    /**
     * Makes room at once for reports that are going to be {@linkplain #addAll added}.
     *
     * @param reports how many
     * @param received when they were received
     */
    public void expect(long reports, Instant received) {
        days.expect(reports, received);
    }
}
