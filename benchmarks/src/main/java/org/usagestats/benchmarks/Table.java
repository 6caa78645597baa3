package org.usagestats.benchmarks;

import java.util.ArrayList;
import java.util.List;

/** Rows of text in aligned columns, as Markdown shows them. */
public final class Table {

    private final List<List<String>> rows = new ArrayList<>();

    /**
     * Makes a table without rows.
     *
     * @param header what stands above the columns
     */
    public Table(List<String> header) {
        rows.add(header);
    }

    /**
     * Adds a row at the end.
     *
     * @param row as many cells as the header has
     */
    public void add(List<String> row) {
        rows.add(row);
    }

    /**
     * Whether there is nothing below the header.
     *
     * @return whether no row was added
     */
    public boolean isEmpty() {
        return rows.size() == 1;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int row = 0; row < rows.size(); row++) {
            append(text, rows.get(row), ' ');
            if (row == 0) {
                append(text, rows.get(0).stream().map(cell -> "").toList(), '-');
            }
        }
        return text.toString();
    }

    /** The first column is text, the others are numbers, to the right. */
    private void append(StringBuilder text, List<String> row, char filling) {
        for (int column = 0; column < row.size(); column++) {
            String filled = String.valueOf(filling)
                    .repeat(width(column) - row.get(column).length());
            text.append("| ");
            text.append(column == 0 ? row.get(column) + filled : filled + row.get(column));
            text.append(filling == '-' && column > 0 ? ':' : ' ');
        }
        text.append("|\n");
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }
}
