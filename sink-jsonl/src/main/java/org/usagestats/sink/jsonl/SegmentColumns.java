package org.usagestats.sink.jsonl;

import java.util.ArrayList;
import java.util.List;

/**
 * The reports of a segment by columns, as they were at some moment.
 *
 * @param segment the segment
 * @param content the same as long as reports are only added to the segment
 * @param parts its reports, in their order
 * @param damagedLines how many of its lines are damaged
 */
record SegmentColumns(Segment segment, Object content, List<Part> parts, long damagedLines) {

    /** Puts more reports of the same segment after these. */
    SegmentColumns and(SegmentColumns more) {
        List<Part> all = new ArrayList<>(parts);
        all.addAll(more.parts);
        return new SegmentColumns(segment, content, List.copyOf(all), damagedLines + more.damagedLines);
    }

    /** How many reports there are. */
    int rows() {
        int rows = 0;
        for (Part part : parts) {
            rows += part.rows();
        }
        return rows;
    }
}
