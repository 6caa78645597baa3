package org.usagestats.sink;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.usagestats.api.Note;
import org.usagestats.api.TextFormat;

/**
 * A report as a collector received it: the bytes, what is known about their arrival, and the canonical JSON.
 *
 * <p>The canonical JSON object is one line of UTF-8 without a line feed: first the collector's fields
 * ({@link ServerField#REPORT_ID} if any, {@link ServerField#SERVER_TIME}, {@link ServerField#SUBMITTED_FROM} if kept,
 * {@link ServerField#SUBMITTED_PATH} if not {@code /}, {@link ServerField#SUBMITTED_ERASE} if any), then the report's fields in their order, a repeated key of a text
 * report as an array at its first place. Immutable; the arrays it hands out are its own and must not be changed.
 */
public final class ReceivedReport {

    /** The formats in which reports arrive. */
    public enum Format {
        /** Lines of {@code key:value}: {@link org.usagestats.api.TextFormat}. */
        TEXT,
        /** One JSON object. */
        JSON
    }

    private final Format format;
    private final byte[] body;
    private final byte[] json;
    private final int fieldsOffset;
    private final Instant received;
    private final String path;
    private final String peer;
    private final @Nullable UUID id;
    private final @Nullable String eraseHash;
    private final @Nullable String address;
    private final @Nullable String user;

    private ReceivedReport(Builder builder, byte[] head) {
        this.format = builder.format;
        this.body = builder.body;
        this.json = CanonicalJson.object(head, builder.fields);
        this.fieldsOffset = head.length;
        this.received = builder.received;
        this.path = builder.path;
        this.peer = builder.peer;
        this.id = builder.id;
        this.eraseHash = builder.eraseHash;
        this.address = builder.address;
        this.user = builder.user;
    }

    /**
     * Starts a text report.
     *
     * @param body the exact bytes
     * @param received when it was received; kept in milliseconds
     * @return a builder for the rest
     */
    public static Builder text(byte[] body, Instant received) {
        List<Note> notes = TextFormat.decode(body);
        return new Builder(Format.TEXT, body, CanonicalJson.fields(notes), received).user(userOf(notes));
    }

    /**
     * Starts a JSON report.
     *
     * @param body the exact bytes
     * @param fields its members as canonical JSON: without braces and white space between them, reserved names renamed
     *     by {@link ServerField#clientName}; empty for an object without members
     * @param received when it was received; kept in milliseconds
     * @return a builder for the rest
     */
    public static Builder json(byte[] body, byte[] fields, Instant received) {
        return new Builder(Format.JSON, body, fields, received);
    }

    private static @Nullable String userOf(List<Note> notes) {
        for (Note note : notes) {
            if (note.key().equals("user")) {
                return note.value();
            }
        }
        return null;
    }

    /**
     * The format of the body.
     *
     * @return the format
     */
    public Format format() {
        return format;
    }

    /**
     * The body as it was received.
     *
     * @return the exact bytes
     */
    public byte[] body() {
        return body;
    }

    /**
     * The canonical JSON object.
     *
     * @return one line, without a line feed
     */
    public byte[] json() {
        return json;
    }

    /**
     * Where in {@link #json()} the report's own fields begin: what stands from there on is the same whenever and from
     * wherever the same report arrives.
     *
     * @return the offset of the first byte after the collector's fields and their comma
     */
    public int fieldsOffset() {
        return fieldsOffset;
    }

    /**
     * When it was received.
     *
     * @return the collector's time, in milliseconds
     */
    public Instant received() {
        return received;
    }

    /**
     * The path it was posted to.
     *
     * @return the path, {@code /} if it does not matter
     */
    public String path() {
        return path;
    }

    /**
     * The address it came from, to recognise a text report that is sent again; never to be stored.
     *
     * @return the address, or the empty text if it is not known
     */
    public String peer() {
        return peer;
    }

    /**
     * The id that the client gave it.
     *
     * @return the id, if any
     */
    public Optional<UUID> id() {
        return Optional.ofNullable(id);
    }

    /**
     * The hash of the secret by which its sender can have it erased: {@link org.usagestats.api.Erasure#hash}.
     *
     * @return 64 lower-case hexadecimal digits, if the client sent them; only for a report with an id
     */
    public Optional<String> eraseHash() {
        return Optional.ofNullable(eraseHash);
    }

    /**
     * The address to store.
     *
     * @return the address as the operator wants it kept, or empty
     */
    public Optional<String> address() {
        return Optional.ofNullable(address);
    }

    /**
     * The pseudonym that the report gives its user.
     *
     * @return the value of the first {@code user:} line of a text report, or empty
     */
    public Optional<String> user() {
        return Optional.ofNullable(user);
    }

    /** Gathers what is known about a report; not for use by several threads. */
    public static final class Builder {

        private final Format format;
        private final byte[] body;
        final byte[] fields;
        final Instant received;
        String path = "/";
        private String peer = "";

        @Nullable
        UUID id;

        @Nullable
        String eraseHash;

        @Nullable
        String address;

        private @Nullable String user;

        private Builder(Format format, byte[] body, byte[] fields, Instant received) {
            this.format = format;
            this.body = body;
            this.fields = fields;
            this.received = received.truncatedTo(ChronoUnit.MILLIS);
        }

        private Builder user(@Nullable String user) {
            this.user = user;
            return this;
        }

        /**
         * Sets the path it was posted to.
         *
         * @param path the path
         * @return this
         */
        public Builder path(String path) {
            this.path = path;
            return this;
        }

        /**
         * Sets the address it came from, for recognition only.
         *
         * @param peer the address
         * @return this
         */
        public Builder peer(String peer) {
            this.peer = peer;
            return this;
        }

        /**
         * Sets the client's id.
         *
         * @param id the id
         * @return this
         */
        public Builder id(UUID id) {
            this.id = id;
            return this;
        }

        /**
         * Sets what the client sent so that it can have the report erased; without an id it is of no use, and left out.
         *
         * @param hash 64 lower-case hexadecimal digits
         * @return this
         */
        public Builder eraseHash(String hash) {
            this.eraseHash = hash;
            return this;
        }

        /**
         * Sets the address to store.
         *
         * @param address the address as it is to be kept
         * @return this
         */
        public Builder address(String address) {
            this.address = address;
            return this;
        }

        /**
         * Finishes the report and makes its canonical JSON.
         *
         * @return the report
         */
        public ReceivedReport build() {
            if (id == null) {
                eraseHash = null;
            }
            return new ReceivedReport(this, CanonicalJson.head(this));
        }
    }
}
