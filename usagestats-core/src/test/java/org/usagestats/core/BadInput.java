package org.usagestats.core;

import java.io.IOException;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.usagestats.api.Flag;
import org.usagestats.api.Note;
import org.usagestats.api.Session;

/** What a program should not hand over, and might. */
final class BadInput {

    private BadInput() {}

    /** A key and a value as a program might hand them over. */
    record Given(String key, Object value) {}

    static Arbitrary<List<Given>> given() {
        Arbitrary<String> keys = Arbitraries.oneOf(
                Arbitraries.of("k", "k", "mode", "a.b-C_9", "k".repeat(64)),
                Arbitraries.strings().all().ofMaxLength(80),
                Arbitraries.of("", " ", "a b", "a:b", "a\nb", "é", "\ud800", "\u202ek", "k".repeat(65))
                        .injectNull(0.2));
        Arbitrary<Object> values = Arbitraries.oneOf(
                Arbitraries.strings().all().ofMaxLength(200).map(text -> text),
                Arbitraries.of(
                        "",
                        "a\nb\r\nc\rd\r\r\ne",
                        "a:b::",
                        "\u0000\u001b[2J\u007f\u0085\u2028",
                        "\ud800",
                        "\udc00x\ud83d",
                        "\u202eabc\u200f\u2066",
                        "v".repeat(4096),
                        "v".repeat(4097),
                        "é".repeat(3000),
                        "😀".repeat(1025),
                        "\ud800".repeat(9000),
                        "\r\n".repeat(5000)),
                Arbitraries.<Object>of(
                                1,
                                List.of("a", "b"),
                                value(new IllegalStateException()),
                                value(new StackOverflowError()),
                                value(new IOException("not declared")),
                                value(new Unspeakable()),
                                value(null))
                        .injectNull(0.2));
        return Combinators.combine(keys, values).as(Given::new).list().ofMaxSize(150);
    }

    static Arbitrary<List<Flag>> flags() {
        return Arbitraries.<Flag>of(
                        new BadFlag("good", () -> List.of(new Note("k", "1"), new Note("mode", "2"))),
                        new BadFlag("null", () -> null),
                        new BadFlag("null element", () -> Arrays.asList(new Note("k", "1"), null)),
                        new BadFlag("null parts", () -> List.of(new Note("k", null), new Note(null, "v"))),
                        new BadFlag("ill-formed keys", () -> List.of(new Note("k:k", "1"), new Note("k", "2"))),
                        new BadFlag("exception", () -> fail(new IllegalStateException())),
                        new BadFlag("error", () -> fail(new NoClassDefFoundError("com/example/Gpu"))),
                        new BadFlag("undeclared exception", () -> fail(new IOException("not declared"))),
                        new BadFlag("unspeakable", () -> fail(new Unspeakable())),
                        new BadFlag("keys", new NoClassDefFoundError("com/example/Gpu")),
                        new BadFlag("keys, undeclared", new IOException("not declared")),
                        new BadFlag("keys, unspeakable", new Unspeakable()))
                .list()
                .ofMaxSize(12);
    }

    /** An object whose {@code toString} throws, or returns null. */
    private static Object value(Throwable failure) {
        return new Object() {
            @Override
            public String toString() {
                return failure == null ? null : fail(failure);
            }
        };
    }

    /** Throws anything without saying so, as code in other languages of the JVM does. */
    @SuppressWarnings("unchecked")
    static <T, E extends Throwable> T fail(Throwable failure) throws E {
        throw (E) failure;
    }

    /** An exception that cannot be told. */
    private static final class Unspeakable extends RuntimeException {

        private static final long serialVersionUID = 1;

        @Override
        public String getMessage() {
            throw new IllegalStateException();
        }
    }

    interface Answer {
        List<Note> notes();
    }

    static final class BadFlag implements Flag {

        private final String name;
        private final Answer answer;
        private final Throwable keys;

        BadFlag(String name, Answer answer) {
            this.name = name;
            this.answer = answer;
            this.keys = null;
        }

        /** A flag that cannot even say which keys it has. */
        BadFlag(String name, Throwable keys) {
            this.name = name;
            this.answer = List::of;
            this.keys = keys;
        }

        @Override
        public List<String> keys() {
            return keys == null ? List.of("k", "mode") : fail(keys);
        }

        @Override
        public String purpose() {
            return "to test it";
        }

        @Override
        public boolean identifying() {
            return keys == null ? false : fail(keys);
        }

        @Override
        public List<Note> notes(Session session) {
            return answer.notes();
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** A map that tells one entry and then throws. */
    static final class FailingMap extends LinkedHashMap<String, Object> {

        private static final long serialVersionUID = 1;

        private final transient Throwable failure;

        FailingMap(Throwable failure) {
            this.failure = failure;
        }

        @Override
        public Set<Map.Entry<String, Object>> entrySet() {
            return new AbstractSet<>() {
                @Override
                public Iterator<Map.Entry<String, Object>> iterator() {
                    return Stream.iterate(0, i -> i + 1)
                            .<Map.Entry<String, Object>>map(i -> i == 0 ? Map.entry("k", "v") : fail(failure))
                            .iterator();
                }

                @Override
                public int size() {
                    return 2;
                }
            };
        }
    }
}
