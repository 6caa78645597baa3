package org.usagestats.query;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.usagestats.sink.Dimension;
import org.usagestats.sink.Filter;
import org.usagestats.sink.Operator;

/**
 * Reads the tests of a filter.
 *
 * <pre>
 * parameter = "f." dimension "=" ["not."] operator "." (operand / "(" [operand *("," operand)] ")")
 * operand   = any characters but , ) and " at its start / '"' any characters, " as "" '"'
 * </pre>
 *
 * Brackets and quotation marks have a meaning after the operator {@code in} only.
 */
final class FilterText {

    static final int MOST_OPERANDS = 1_000;

    private static final String NOT = "not.";
    private static final List<String> OPERATORS =
            Arrays.stream(Operator.values()).map(Words::of).toList();

    private FilterText() {}

    /** Reads the test that a parameter's value describes. */
    static Filter filter(Dimension subject, String text) throws Mistake {
        boolean negated = text.startsWith(NOT);
        String test = negated ? text.substring(NOT.length()) : text;
        int dot = test.indexOf('.');
        if (dot < 0 || !OPERATORS.contains(test.substring(0, dot))) {
            throw noOperator(test, dot < 0 ? test : test.substring(0, dot));
        }
        Operator operator = operator(test.substring(0, dot));
        String operand = test.substring(dot + 1);
        Filter filter = test(subject, operator, operator == Operator.IN ? operands(operand) : List.of(operand));
        return negated ? new Filter.Not(filter) : filter;
    }

    /** Tells whether a text begins as a test does. */
    static boolean isTest(String text) {
        String test = text.startsWith(NOT) ? text.substring(NOT.length()) : text;
        return OPERATORS.contains(test.substring(0, Math.max(0, test.indexOf('.'))));
    }

    /** Makes a test, unless the operator has no use for the operands. */
    static Filter.Test test(Dimension subject, Operator operator, List<String> operands) throws Mistake {
        if (operands.size() > MOST_OPERANDS) {
            throw new Mistake("a test has at most " + MOST_OPERANDS + " operands, not " + operands.size());
        }
        try {
            return new Filter.Test(subject, operator, operands);
        } catch (IllegalArgumentException refused) {
            throw new Mistake(String.valueOf(refused.getMessage()));
        }
    }

    static Operator operator(String word) throws Mistake {
        return Words.read(Operator.class, word);
    }

    private static Mistake noOperator(String test, String word) {
        String nearest = word.isEmpty() ? "" : Nearest.likely(OPERATORS, word);
        boolean mistyped = !nearest.isEmpty() && test.length() > word.length();
        return new Mistake(
                "a test begins with an operator and a dot, one of " + String.join(", ", OPERATORS) + "; "
                        + Words.quoted(word) + " is none",
                mistyped ? nearest + test.substring(word.length()) : "eq." + test);
    }

    private static List<String> operands(String text) throws Mistake {
        TextCursor in = new TextCursor(text);
        List<String> operands = new ArrayList<>();
        in.require('(');
        in.skipSpace();
        if (!in.take(')')) {
            do {
                in.skipSpace();
                operands.add(in.isNext('"') ? in.quoted('"') : in.until(",)"));
                in.skipSpace();
            } while (in.take(','));
            in.require(')');
        }
        in.requireEnd();
        return operands;
    }
}
