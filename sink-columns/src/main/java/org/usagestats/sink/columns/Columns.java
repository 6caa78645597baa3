package org.usagestats.sink.columns;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * The reports of one source by columns, as they were at some moment. Immutable.
 *
 * @param source what they are the reports of, such as a file; two that are equal are the same source
 * @param content the same, by {@code equals}, as long as reports are only added to the source
 * @param parts its reports, in their order
 * @param erased the numbers, from 0 on, of reports that are erased: nothing of them is in an answer; not to be changed
 * @param damagedLines how many of its lines are damaged, beside its reports
 */
public record Columns(Object source, Object content, List<Part> parts, BitSet erased, long damagedLines) {

    /** Takes reports of which none is erased. */
    public Columns(Object source, Object content, List<Part> parts, long damagedLines) {
        this(source, content, parts, new BitSet(), damagedLines);
    }

    /** Puts more reports of the same source after these. */
    public Columns and(Columns more) {
        List<Part> all = new ArrayList<>(parts);
        all.addAll(more.parts);
        BitSet allErased = (BitSet) erased.clone();
        int before = rows();
        more.erased.stream().forEach(row -> allErased.set(before + row));
        return new Columns(source, content, List.copyOf(all), allErased, damagedLines + more.damagedLines);
    }

    /** The same reports, of which these are erased. */
    public Columns without(BitSet gone) {
        return new Columns(source, content, parts, gone, damagedLines);
    }

    /** How many reports there are. */
    public int rows() {
        int rows = 0;
        for (Part part : parts) {
            rows += part.rows();
        }
        return rows;
    }

    /** The numbers of the reports that cannot be read. */
    BitSet unreadable() {
        BitSet unreadable = new BitSet();
        int first = 0;
        for (Part part : parts) {
            BitSet here = part.damaged();
            for (int row = here.nextSetBit(0); row >= 0; row = here.nextSetBit(row + 1)) {
                unreadable.set(first + row);
            }
            first += part.rows();
        }
        return unreadable;
    }

    /** The parts, of which some reports do not count. */
    List<Piece> pieces(BitSet hidden) {
        List<Piece> pieces = new ArrayList<>();
        int first = 0;
        for (Part part : parts) {
            pieces.add(new Piece(part, first, hidden));
            first += part.rows();
        }
        return pieces;
    }
}
