package org.usagestats.query;

import java.util.regex.Pattern;

/**
 * Writes the cells of tables as RFC 4180 has them.
 *
 * <p>Text that a spreadsheet would take for a formula has an apostrophe before it (OWASP, <i>CSV Injection</i>), unless it is
 * a number: anybody may send a report, and somebody opens the table.
 */
public final class Cells {

    /** Also in the full-width forms that some spreadsheets take for the plain ones. */
    private static final String BEGINS_FORMULA = "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20";

    private static final Pattern NUMBER = Pattern.compile("[-+]?[0-9]{1,300}(?:\\.[0-9]{1,300})?");

    private Cells() {}

    /**
     * Writes a cell with a text.
     *
     * @param text any text
     * @return the cell in quotation marks
     */
    public static String text(String text) {
        boolean formula = !text.isEmpty()
                && BEGINS_FORMULA.indexOf(text.charAt(0)) >= 0
                && !NUMBER.matcher(text).matches();
        return '"' + (formula ? "'" : "") + text.replace("\"", "\"\"") + '"';
    }
}
