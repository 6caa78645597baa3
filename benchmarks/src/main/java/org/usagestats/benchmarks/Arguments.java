package org.usagestats.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** The words on the command line of a benchmark, read one after the other. Not for use by several threads. */
public final class Arguments {

    /**
     * Makes options of the words on a command line.
     *
     * @param <O> the options
     */
    @FunctionalInterface
    public interface Reader<O> {
        /**
         * Reads them.
         *
         * @param args the words
         * @return the options
         * @throws IOException if a JDK or a file that they name cannot be found
         * @throws IllegalArgumentException in one line that says what is allowed
         */
        O read(String[] args) throws IOException;
    }

    private final Iterator<String> words;
    private String option = "";

    /**
     * Begins at the first.
     *
     * @param args the words
     */
    public Arguments(String[] args) {
        this.words = List.of(args).iterator();
    }

    /**
     * Reads what a benchmark is to do, or prints how it is used: if that is asked for, or, as the last that the process
     * does, if the words are wrong.
     *
     * @param <O> the options
     * @param args the words
     * @param usage how it is used
     * @param reader makes options of them
     * @return the options; nothing if there is no more to do
     * @throws IOException if a JDK or a file that they name cannot be found
     */
    public static <O> Optional<O> read(String[] args, String usage, Reader<O> reader) throws IOException {
        if (List.of(args).contains("--help")) {
            System.out.println(usage);
            return Optional.empty();
        }
        try {
            return Optional.of(reader.read(args));
        } catch (IllegalArgumentException misused) {
            System.err.println(misused.getMessage() + "\n" + usage);
            System.exit(2);
            return Optional.empty();
        }
    }

    /**
     * Goes on to the next option.
     *
     * @return whether there is one
     */
    public boolean next() {
        if (!words.hasNext()) {
            return false;
        }
        option = words.next();
        return true;
    }

    /**
     * Tells which option has been come to.
     *
     * @return such as {@code --java}
     */
    public String option() {
        return option;
    }

    /**
     * Takes the word behind the option.
     *
     * @return its value
     * @throws IllegalArgumentException if there is none
     */
    public String value() {
        if (!words.hasNext()) {
            throw new IllegalArgumentException(option + " needs a value");
        }
        return words.next();
    }

    /**
     * Takes the number behind the option.
     *
     * @param most how high it may be
     * @return its value, 1 or more
     * @throws IllegalArgumentException if there is none, or another word
     */
    public int number(int most) {
        String text = value();
        if (text.matches("[1-9][0-9]{0,8}") && Integer.parseInt(text) <= most) {
            return Integer.parseInt(text);
        }
        throw new IllegalArgumentException(option + " is followed by a number from 1 to " + most + ", not " + text);
    }

    /**
     * Takes the JDK behind the option.
     *
     * @return the JDK
     * @throws IOException if it is none
     */
    public Jdk jdk() throws IOException {
        return Jdk.at(Path.of(value()));
    }

    /**
     * Refuses the option.
     *
     * @return what to throw
     */
    public IllegalArgumentException unknown() {
        return new IllegalArgumentException("there is no option " + option);
    }

    /**
     * Takes the JDK that runs this if none is named.
     *
     * @param named the JDKs that are named
     * @return at least one
     * @throws IOException if it cannot be found
     */
    public static List<Jdk> orThisOne(List<Jdk> named) throws IOException {
        return named.isEmpty() ? List.of(Jdk.at(Path.of(System.getProperty("java.home")))) : named;
    }
}
