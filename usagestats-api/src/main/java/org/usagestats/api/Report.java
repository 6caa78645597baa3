package org.usagestats.api;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/**
 * One immutable, ordered list of notes about one run, with an id.
 *
 * <p>Its content is the text of {@link TextFormat}, the very bytes that are kept on disk and sent: first {@code date},
 * then {@code user} if there is one, {@code version}, {@code program}, and the notes. The id is not part of the content.
 */
public final class Report {

    private final UUID id;
    private final byte[] content;

    private Report(UUID id, byte[] content) {
        this.id = id;
        this.content = content;
    }

    /**
     * Makes a report of an id and its content.
     *
     * @param id the id under which a collector counts the report once
     * @param content the report in the text format; copied
     * @return the report
     */
    public static Report of(UUID id, byte[] content) {
        return new Report(id, content.clone());
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

    @Override
    public String toString() {
        return "report " + id;
    }
}
