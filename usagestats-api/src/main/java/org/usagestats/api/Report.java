package org.usagestats.api;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One immutable, ordered list of notes about one run, with an id.
 *
 * <p>Its content is the text of {@link TextFormat}, the very bytes that are kept on disk and sent: first {@code date},
 * then {@code user} if there is one, {@code version}, {@code program}, and the notes. The id is not part of the content.
 */
public final class Report {

    private final UUID id;
    private final byte[] content;
    private final @Nullable String eraseHash;

    private Report(UUID id, byte[] content, @Nullable String eraseHash) {
        this.id = id;
        this.content = content;
        this.eraseHash = eraseHash;
    }

    /**
     * Makes a report of an id and its content.
     *
     * @param id the id under which a collector counts the report once
     * @param content the report in the text format; copied
     * @return the report
     */
    public static Report of(UUID id, byte[] content) {
        return new Report(id, content.clone(), null);
    }

    /**
     * Returns this report as one that its sender can have erased.
     *
     * @param hash the {@link Erasure#hash()} that travels with it
     * @return a report of the same id and content
     */
    public Report erasableBy(String hash) {
        return new Report(id, content, hash);
    }

    /**
     * Returns the id, made before the first byte was written and never changed.
     *
     * @return the id
     */
    public UUID id() {
        return id;
    }

    /**
     * Returns the bytes that are sent.
     *
     * @return a copy of the content
     */
    public byte[] content() {
        return content.clone();
    }

    /**
     * Returns the content as text.
     *
     * @return the lines that are sent
     */
    public String text() {
        return new String(content, StandardCharsets.UTF_8);
    }

    /**
     * Returns what the content says.
     *
     * @return the notes in their order
     */
    public List<Note> notes() {
        return TextFormat.decode(content);
    }

    /**
     * Returns the hash of the secret by which its sender can have it erased; like the id it is not part of the content.
     *
     * @return 64 lower-case hexadecimal digits, or empty for a report that is not on its way
     */
    public Optional<String> eraseHash() {
        return Optional.ofNullable(eraseHash);
    }

    @Override
    public String toString() {
        return "report " + id;
    }
}
