package org.usagestats.sink.kit;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.usagestats.sink.Filter;
import org.usagestats.sink.Operator;
import org.usagestats.sink.Value;

/** A test of a filter, prepared. Immutable. */
public final class Condition {

    private final Expression subject;
    private final Operator operator;
    private final String operand;
    private final Predicate<Value> holds;

    /**
     * Prepares a test.
     *
     * @param test the test
     */
    public Condition(Filter.Test test) {
        this.subject = Expression.of(test.subject()).orElseThrow();
        this.operator = test.operator();
        this.operand = test.operands().isEmpty() ? "" : test.operands().get(0);
        this.holds = predicate(operator, test.operands());
    }

    private static Predicate<Value> predicate(Operator operator, List<String> operands) {
        String operand = operands.isEmpty() ? "" : operands.get(0);
        return switch (operator) {
            case EQ, NEQ -> value -> value.text().equals(operand);
            case IN -> value -> operands.contains(value.text());
            case GT -> bySize(operand, order -> order > 0);
            case GTE -> bySize(operand, order -> order >= 0);
            case LT -> bySize(operand, order -> order < 0);
            case LTE -> bySize(operand, order -> order <= 0);
            case PREFIX -> value -> value.text().startsWith(operand);
            case CONTAINS -> value -> value.text().contains(operand);
            case HAS -> value -> Elements.has(value, operand);
            case IS -> value -> isNamed(value, operand);
            case VGT -> byVersion(operand, order -> order > 0);
            case VGTE -> byVersion(operand, order -> order >= 0);
            case VLT -> byVersion(operand, order -> order < 0);
            case VLTE -> byVersion(operand, order -> order <= 0);
        };
    }

    private static Predicate<Value> bySize(String operand, IntPredicate wanted) {
        Optional<BigDecimal> limit = Value.string(operand).asNumber();
        if (limit.isEmpty()) {
            return value -> wanted.test(value.text().compareTo(operand));
        }
        return value -> value.asNumber()
                .filter(number -> wanted.test(number.compareTo(limit.get())))
                .isPresent();
    }

    private static Predicate<Value> byVersion(String operand, IntPredicate wanted) {
        Optional<Version> limit = Version.of(operand);
        return value -> limit.isPresent()
                && Version.of(value.text())
                        .filter(version -> wanted.test(version.compareTo(limit.get())))
                        .isPresent();
    }

    private static boolean isNamed(Value value, String name) {
        return switch (value.kind()) {
            case NULL, BOOLEAN -> value.text().equals(name);
            default -> false;
        };
    }

    /**
     * Tells where in a report the value is.
     *
     * @return a new path
     */
    public FieldPath path() {
        return subject.path();
    }

    /**
     * Tests the value that a report has at the path.
     *
     * @param found the value, if there is one
     * @return whether the report passes
     */
    public boolean passes(Optional<Value> found) {
        List<Value> whole = subject.whole(found);
        if (operator == Operator.IS && operand.equals("missing")) {
            return whole.isEmpty();
        }
        Stream<Value> candidates = Stream.concat(whole.stream(), subject.ofElements(found).stream());
        return operator == Operator.NEQ ? !whole.isEmpty() && candidates.noneMatch(holds) : candidates.anyMatch(holds);
    }
}
