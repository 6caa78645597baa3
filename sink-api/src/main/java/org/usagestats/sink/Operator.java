package org.usagestats.sink;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * How a value is tested. A report without the value fails every test but {@link #IS} {@code missing}.
 *
 * <p>Values compare as text. The four comparisons of size compare numbers if the operand is one (values that are none fail),
 * else text by its UTF-16 units. The four of versions compare number by number, then a version without a pre-release is above
 * one with it (Semantic Versioning 2.0.0, section 11); a value that does not begin with a number fails.
 */
public enum Operator {
    /** Is the operand. */
    EQ,
    /** Is another value than the operand; of an array, no element is. */
    NEQ,
    /** Is one of the operands. */
    IN,
    /** Is greater. */
    GT,
    /** Is greater or the same. */
    GTE,
    /** Is smaller. */
    LT,
    /** Is smaller or the same. */
    LTE,
    /** Begins with the operand. */
    PREFIX,
    /** Has the operand somewhere in it. */
    CONTAINS,
    /** Is an array with the operand as an element, or an object with the operand as a key. */
    HAS,
    /** Is what the operand names: {@code null}, {@code missing}, {@code true} or {@code false}. */
    IS,
    /** Is a higher version. */
    VGT,
    /** Is a higher version or the same. */
    VGTE,
    /** Is a lower version. */
    VLT,
    /** Is a lower version or the same. */
    VLTE;

    private static final Set<String> STATES = Set.of("null", "missing", "true", "false");

    /** Refuses operands that the operator has no use for. */
    void require(List<String> operands) {
        if (this != IN && operands.size() != 1) {
            throw new IllegalArgumentException(this + " takes one operand, not " + operands.size());
        }
        if (this == IS && !STATES.contains(operands.get(0))) {
            throw new IllegalArgumentException(
                    "is takes null, missing, true or false, not \"" + operands.get(0) + "\"");
        }
    }

    /** The word for it in a question, such as {@code vgte}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
