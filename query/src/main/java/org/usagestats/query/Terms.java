package org.usagestats.query;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.usagestats.sink.Dimension;
import org.usagestats.sink.Metric;
import org.usagestats.sink.Order;
import org.usagestats.sink.Span;

/**
 * Reads dimensions, metrics and columns.
 *
 * <pre>
 * dimension = "time:" unit / function / path
 * metric    = "count" / "share" / function
 * function  = name "(" path *("," argument) ")"
 * column    = ["-"] (dimension / metric)
 * path      = any characters but , ( ) " ' at its start / '"' any characters, " as "" '"'
 * </pre>
 */
final class Terms {

    static final List<String> DIMENSIONS =
            List.of("semver", "bin", "log2", "lower", "coalesce", "part", "first", "age");
    static final List<String> METRICS =
            List.of("count", "distinct", "share", "sum", "avg", "min", "max", "quantile", "p50", "p90", "p95", "p99");

    private static final int LONGEST_PATH = 1_000;
    private static final String ENDS = ",()";
    private static final String TIME = "time:";
    private static final Pattern WHOLE = Pattern.compile("[0-9]{1,9}");
    private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,30}(\\.[0-9]{1,30})?");
    private static final Pattern PERCENTILE = Pattern.compile("p([1-9][0-9]?)");

    private final TextCursor in;

    private Terms(String text) {
        this.in = new TextCursor(text);
    }

    /** Reads one term of a kind. */
    private interface Term<T> {
        T read() throws Mistake;
    }

    static List<Dimension> dimensions(String text) throws Mistake {
        Terms terms = new Terms(text);
        return terms.list(terms::dimension);
    }

    static Dimension dimension(String text) throws Mistake {
        Terms terms = new Terms(text);
        Dimension dimension = terms.dimension();
        terms.in.requireEnd();
        return dimension;
    }

    static List<Metric> metrics(String text) throws Mistake {
        Terms terms = new Terms(text);
        return terms.list(terms::metric);
    }

    static List<Order> order(String text) throws Mistake {
        Terms terms = new Terms(text);
        return terms.list(terms::column);
    }

    private <T> List<T> list(Term<T> term) throws Mistake {
        List<T> all = new ArrayList<>();
        do {
            all.add(term.read());
            in.skipSpace();
        } while (in.take(','));
        in.requireEnd();
        return all;
    }

    private Dimension dimension() throws Mistake {
        in.skipSpace();
        if (in.isNext('"')) {
            return new Dimension.Field(path());
        }
        String word = in.until(ENDS);
        if (in.take('(')) {
            return call(() -> dimensionOf(word));
        }
        if (word.startsWith(TIME)) {
            return new Dimension.Time(Words.read(Span.class, word.substring(TIME.length())));
        }
        return new Dimension.Field(checked(word));
    }

    private Dimension dimensionOf(String name) throws Mistake {
        if (!DIMENSIONS.contains(name)) {
            throw unknown(name, DIMENSIONS);
        }
        String path = path();
        return switch (name) {
            case "semver" -> new Dimension.Version(path, whole());
            case "bin" -> new Dimension.Bin(path, decimal());
            case "log2" -> new Dimension.Log2(path);
            case "lower" -> new Dimension.Lower(path);
            case "coalesce" -> new Dimension.Coalesce(path, text());
            case "part" -> new Dimension.Part(path, whole());
            case "first" -> new Dimension.First(path, span());
            default -> new Dimension.Age(path, span());
        };
    }

    private Metric metric() throws Mistake {
        in.skipSpace();
        String word = in.until(ENDS);
        if (in.take('(')) {
            return call(() -> metricOf(word));
        }
        return switch (word) {
            case "count" -> new Metric.Count();
            case "share" -> new Metric.Share();
            case "" -> throw in.mistake("a metric is missing");
            default ->
                throw METRICS.contains(word)
                        ? in.mistake(word + " needs a path", word + "(path)")
                        : unknown(word, METRICS);
        };
    }

    private Metric metricOf(String name) throws Mistake {
        if (!METRICS.contains(name) && !PERCENTILE.matcher(name).matches()) {
            throw unknown(name, METRICS);
        }
        String path = path();
        return switch (name) {
            case "distinct" -> new Metric.Distinct(path);
            case "share" -> new Metric.ShareOf(path);
            case "sum" -> new Metric.Sum(path);
            case "avg" -> new Metric.Average(path);
            case "min" -> new Metric.Least(path);
            case "max" -> new Metric.Greatest(path);
            case "quantile" -> new Metric.Quantile(path, decimal());
            case "count" -> throw in.mistake("count takes no path", "count");
            default -> new Metric.Quantile(path, new BigDecimal(name.substring(1)).movePointLeft(2));
        };
    }

    private Order column() throws Mistake {
        in.skipSpace();
        Order.Direction direction = in.take('-') ? Order.Direction.DESCENDING : Order.Direction.ASCENDING;
        in.skipSpace();
        if (in.isNext('"')) {
            return new Order(path(), direction);
        }
        String word = in.until(ENDS);
        if (!in.take('(')) {
            return new Order(checked(word), direction);
        }
        boolean ofMetric = METRICS.contains(word) || PERCENTILE.matcher(word).matches();
        return new Order(
                ofMetric
                        ? call(() -> metricOf(word)).name()
                        : call(() -> dimensionOf(word)).name(),
                direction);
    }

    /** Reads what stands between the brackets of a function, whose values the question itself may refuse. */
    private <T> T call(Term<T> function) throws Mistake {
        try {
            T value = function.read();
            in.require(')');
            return value;
        } catch (IllegalArgumentException refused) {
            throw in.mistake(String.valueOf(refused.getMessage()));
        }
    }

    private Mistake unknown(String name, List<String> known) {
        return in.mistake(Words.quoted(name) + " is none of " + String.join(", ", known), Nearest.likely(known, name));
    }

    private String path() throws Mistake {
        in.skipSpace();
        return checked(in.isNext('"') ? in.quoted('"') : in.until(ENDS));
    }

    private String checked(String path) throws Mistake {
        if (path.isEmpty()) {
            throw in.mistake("a path is missing");
        }
        if (path.length() > LONGEST_PATH) {
            throw in.mistake("a path has at most " + LONGEST_PATH + " characters");
        }
        return path;
    }

    private int whole() throws Mistake {
        String number = argument();
        if (!WHOLE.matcher(number).matches()) {
            throw in.mistake(Words.quoted(number) + " is no whole number");
        }
        return Integer.parseInt(number);
    }

    private BigDecimal decimal() throws Mistake {
        String number = argument();
        if (!DECIMAL.matcher(number).matches()) {
            throw in.mistake(Words.quoted(number) + " is no number such as 60 or 0.5");
        }
        return new BigDecimal(number);
    }

    private Span span() throws Mistake {
        return Words.read(Span.class, argument());
    }

    private String text() throws Mistake {
        in.require(',');
        in.skipSpace();
        return in.quoted('\'');
    }

    private String argument() throws Mistake {
        in.require(',');
        return in.until(ENDS);
    }
}
