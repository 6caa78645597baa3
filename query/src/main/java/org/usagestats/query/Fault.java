package org.usagestats.query;

/**
 * What is wrong with one parameter of a question.
 *
 * @param parameter its name; in a JSON filter a pointer such as {@code /filter/and/0} (RFC 6901); empty if the whole is wrong
 * @param detail what is wrong and what is allowed, in one line
 * @param hint what may have been meant; empty if nothing comes to mind
 */
public record Fault(String parameter, String detail, String hint) {

    /** The fault in one line. */
    @Override
    public String toString() {
        return (parameter.isEmpty() ? "" : parameter + ": ")
                + detail
                + (hint.isEmpty() ? "" : ", did you mean " + hint + "?");
    }
}
