package org.usagestats.sink.columns;

import java.nio.ByteBuffer;

/**
 * Reads the list of a {@link ColumnFile}, in the order in which it was written. Its sections stand before it in the same order,
 * from the beginning of the file on and without gaps. Not for use by several threads.
 */
final class ListReader {

    private final ByteBuffer bytes;
    private final long end;
    private long offset;

    /**
     * Starts at the beginning.
     *
     * @param end where in the file the sections end
     */
    ListReader(ByteBuffer bytes, long end) {
        this.bytes = bytes;
        this.end = end;
    }

    /** What is left of the list. */
    ByteBuffer bytes() {
        return bytes;
    }

    /** The next section. */
    Section section() {
        Section section = Section.from(bytes);
        SectionBuffer.require(section.offset() == offset && section.length() >= 0 && section.length() <= end - offset);
        offset += section.length();
        return section;
    }

    /** Goes on if all was read, and the sections are all there is in the file. */
    void requireEnd() {
        SectionBuffer.require(!bytes.hasRemaining() && offset == end);
    }
}
