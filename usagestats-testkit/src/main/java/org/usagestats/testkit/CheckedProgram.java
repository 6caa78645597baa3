package org.usagestats.testkit;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A program as {@link LeakCheck} starts it: the command, and how its usage statistics are decided about. Immutable.
 *
 * <pre>{@code
 * CheckedProgram.command("bin/cool-program")
 *         .arguments("hello")
 *         .enabledBy("--enable-stats").disabledBy("--disable-stats")
 *         .switchedOffBy("COOL_PROGRAM_USAGE_STATS")
 *         .build()
 * }</pre>
 */
public final class CheckedProgram {

    final List<String> command;
    final List<String> arguments;
    final List<String> enabling;
    final List<String> disabling;
    final String offVariable;
    final String locationVariable;
    final Map<String, String> environment;
    final List<Path> ownFiles;
    final Duration limit;

    private CheckedProgram(Builder builder) {
        this.command = List.copyOf(builder.command);
        this.arguments = builder.arguments;
        this.enabling = builder.enabling;
        this.disabling = builder.disabling;
        this.offVariable = builder.offVariable;
        this.locationVariable = builder.locationVariable;
        this.environment = new LinkedHashMap<>(builder.environment);
        this.ownFiles = List.copyOf(builder.ownFiles);
        this.limit = builder.limit;
    }

    /**
     * Begins to describe a program that is started by a command, such as a start script.
     *
     * @param words the command and the arguments that it always needs; a path in it may be relative
     * @return a builder
     */
    public static Builder command(String... words) {
        if (words.length == 0) {
            throw new IllegalArgumentException("there is no command to start the program by");
        }
        return new Builder(List.of(words));
    }

    /**
     * Begins to describe a program on the class path, run by the Java that runs this.
     *
     * @param classPath jars and folders, separated as on this platform
     * @param mainClass the name of the main class
     * @return a builder
     */
    public static Builder classPath(String classPath, String mainClass) {
        return command(SeenProcess.JAVA.toString(), "-cp", classPath, mainClass);
    }

    /**
     * Begins to describe a program on the module path, run by the Java that runs this.
     *
     * @param modulePath jars and folders, separated as on this platform
     * @param mainModule the module and its main class, as in {@code com.example.cool/com.example.cool.Main}
     * @return a builder
     */
    public static Builder modulePath(String modulePath, String mainModule) {
        return command(SeenProcess.JAVA.toString(), "-p", modulePath, "-m", mainModule);
    }

    /** Gathers what is to be known about a program. */
    public static final class Builder {

        private final List<String> command;
        private List<String> arguments = List.of();
        private List<String> enabling = List.of();
        private List<String> disabling = List.of();
        private String offVariable = "";
        private String locationVariable = "";
        private final Map<String, String> environment = new LinkedHashMap<>();
        private final List<Path> ownFiles = new ArrayList<>();
        private Duration limit = Duration.ofSeconds(30);

        private Builder(List<String> command) {
            this.command = new ArrayList<>(command);
            Path first = Path.of(command.get(0));
            if (first.getNameCount() > 1) {
                this.command.set(0, first.toAbsolutePath().toString());
            }
        }

        /**
         * Sets the arguments of the run that is watched: one that submits a report.
         *
         * @param words the arguments
         * @return this
         */
        public Builder arguments(String... words) {
            this.arguments = List.of(words);
            return this;
        }

        /**
         * Sets the arguments by which the user says yes. Without them, the states that begin with a yes begin without.
         *
         * @param words the arguments
         * @return this
         */
        public Builder enabledBy(String... words) {
            this.enabling = List.of(words);
            return this;
        }

        /**
         * Sets the arguments by which the user says no. Without them, that state is not checked.
         *
         * @param words the arguments
         * @return this
         */
        public Builder disabledBy(String... words) {
            this.disabling = List.of(words);
            return this;
        }

        /**
         * Names the program's own variable to switch usage statistics off. Without it, that state is not checked.
         *
         * @param variable the variable, which will be {@code off}
         * @return this
         */
        public Builder switchedOffBy(String variable) {
            this.offVariable = variable;
            return this;
        }

        /**
         * Names the variable that sets the location of the usage statistics. Without it they are in the user's home, in a
         * folder named {@code usage-stats}.
         *
         * @param variable the variable
         * @return this
         */
        public Builder locatedBy(String variable) {
            this.locationVariable = variable;
            return this;
        }

        /**
         * Sets a variable of the program's environment, which otherwise has nothing but what a Java program needs.
         *
         * @param variable the variable
         * @param value its value
         * @return this
         */
        public Builder with(String variable, String value) {
            this.environment.put(variable, value);
            return this;
        }

        /**
         * Names a file or folder that the program writes for purposes of its own.
         *
         * @param path the path; a relative one is taken from the program's working directory and from the user's home
         * @return this
         */
        public Builder mayWrite(Path path) {
            this.ownFiles.add(path);
            return this;
        }

        /**
         * Sets how long the program may run; without it, 30 seconds.
         *
         * @param time the time
         * @return this
         */
        public Builder endsWithin(Duration time) {
            this.limit = time;
            return this;
        }

        /**
         * Ends the description.
         *
         * @return the program
         */
        public CheckedProgram build() {
            return new CheckedProgram(this);
        }
    }
}
