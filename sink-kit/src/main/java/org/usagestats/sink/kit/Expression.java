package org.usagestats.sink.kit;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.usagestats.sink.Dimension;
import org.usagestats.sink.Query;
import org.usagestats.sink.Value;

/**
 * What a dimension makes of the value that a report has at its path. Immutable.
 *
 * <p>Of {@link Dimension.First} and {@link Dimension.Age} it gives the value whose first report matters.
 */
public final class Expression {

    private final Dimension dimension;
    private final String path;

    private Expression(Dimension dimension, String path) {
        this.dimension = dimension;
        this.path = path;
    }

    /**
     * Prepares a dimension.
     *
     * @param dimension any dimension of a field
     * @return what it makes of values; empty for {@link Dimension.Time}, which is of no field
     */
    public static Optional<Expression> of(Dimension dimension) {
        return dimension instanceof Dimension.OfField field
                ? Optional.of(new Expression(dimension, field.path()))
                : Optional.empty();
    }

    /**
     * Tells where in a report the value is.
     *
     * @return a new path
     */
    public FieldPath path() {
        return new FieldPath(path);
    }

    /**
     * Makes the dimension's values of what a report has at the path.
     *
     * @param found the value at the path, if there is one
     * @param as how values are told apart
     * @return the values, each once; none if the report is without the path
     */
    public List<Value> values(Optional<Value> found, Query.Values as) {
        return as == Query.Values.TYPED
                ? ofElements(found)
                : whole(found).stream().map(value -> Value.string(value.text())).toList();
    }

    /** What the dimension makes of the value, also if that is an array. */
    List<Value> whole(Optional<Value> found) {
        return applied(found, Stream::of);
    }

    /** What the dimension makes of each element of an array, or of any other value. */
    List<Value> ofElements(Optional<Value> found) {
        return applied(found, value -> Elements.of(value).stream());
    }

    private List<Value> applied(Optional<Value> found, Function<Value, Stream<Value>> parts) {
        if (dimension instanceof Dimension.Coalesce coalesce && isNothing(found)) {
            return List.of(Value.string(coalesce.otherwise()));
        }
        return found.stream()
                .flatMap(parts)
                .flatMap(value -> apply(value).stream())
                .distinct()
                .toList();
    }

    private static boolean isNothing(Optional<Value> found) {
        return found.isEmpty() || found.get().kind() == Value.Kind.NULL;
    }

    private Optional<Value> apply(Value value) {
        if (dimension instanceof Dimension.Version version) {
            return Optional.of(version(value, version.numbers()));
        } else if (dimension instanceof Dimension.Bin bin) {
            return value.asNumber().map(number -> bin(number, bin.width()));
        } else if (dimension instanceof Dimension.Log2) {
            return value.asNumber().filter(number -> number.signum() >= 0).map(Expression::log2);
        } else if (dimension instanceof Dimension.Lower) {
            return Optional.of(new Value(value.kind(), value.text().toLowerCase(Locale.ROOT)));
        } else if (dimension instanceof Dimension.Part part) {
            return part(value.text(), part.number());
        }
        return Optional.of(value);
    }

    private static Value version(Value value, int numbers) {
        return switch (value.kind()) {
            case STRING, NUMBER ->
                Version.of(value.text())
                        .map(version -> Value.string(version.first(numbers)))
                        .orElse(value);
            default -> value;
        };
    }

    private static Value bin(BigDecimal number, BigDecimal width) {
        BigDecimal bins = number.divide(width, 0, RoundingMode.FLOOR);
        return Value.number(plain(bins.multiply(width)));
    }

    private static Value log2(BigDecimal number) {
        BigInteger whole = number.toBigInteger();
        return Value.number(
                whole.signum() == 0
                        ? "0"
                        : BigInteger.ONE.shiftLeft(whole.bitLength() - 1).toString());
    }

    private static String plain(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }

    private static Optional<Value> part(String text, int number) {
        String[] parts = text.split(";", -1);
        return number <= parts.length ? Optional.of(Value.string(parts[number - 1].strip())) : Optional.empty();
    }
}
