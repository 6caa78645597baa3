package org.usagestats.query;

/** Thrown where a text is not as it should be, by whoever reads it; becomes a {@link Fault} of its parameter. */
final class Mistake extends Exception {

    private static final long serialVersionUID = 1L;

    private final String detail;
    private final String hint;

    Mistake(String detail) {
        this(detail, "");
    }

    /**
     * Makes one.
     *
     * @param hint what may have been meant, or nothing
     */
    Mistake(String detail, String hint) {
        super(detail, null, false, false);
        this.detail = detail;
        this.hint = hint;
    }

    Fault of(String parameter) {
        return new Fault(parameter, detail, hint);
    }
}
