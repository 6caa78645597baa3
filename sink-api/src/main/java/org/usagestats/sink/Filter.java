package org.usagestats.sink;

import java.util.List;

/** Which reports a question is about. */
public sealed interface Filter {

    /** Every report. */
    Filter ALL = new Every(List.of());

    /**
     * Reports whose value passes a test. Of an array, one element must pass it, or the array as its JSON text.
     *
     * @param subject the value to test
     * @param operator how it is tested
     * @param operands what it is compared with: one, or any number for {@link Operator#IN}
     */
    record Test(Dimension subject, Operator operator, List<String> operands) implements Filter {
        /** Copies the operands; refuses more or fewer than the operator takes, and times, first() and age() as the subject. */
        public Test {
            if (!subject.isOfOneReport()) {
                throw new IllegalArgumentException("a filter tests a field of the report, not " + subject.name());
            }
            operands = List.copyOf(operands);
            operator.require(operands);
        }
    }

    /**
     * Reports that pass all of some filters.
     *
     * @param filters the filters; none at all lets every report pass
     */
    record Every(List<Filter> filters) implements Filter {
        /** Copies the filters. */
        public Every {
            filters = List.copyOf(filters);
        }
    }

    /**
     * Reports that pass at least one of some filters.
     *
     * @param filters the filters; none at all lets no report pass
     */
    record Any(List<Filter> filters) implements Filter {
        /** Copies the filters. */
        public Any {
            filters = List.copyOf(filters);
        }
    }

    /**
     * Reports that do not pass a filter, those without the value among them.
     *
     * @param filter the filter
     */
    record Not(Filter filter) implements Filter {}
}
