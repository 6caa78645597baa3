package org.usagestats.it;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A real process: what to run, with which environment, and what came of it. */
final class Command {

    private final List<String> words;
    private final Map<String, String> environment = new LinkedHashMap<>();

    private Command(List<String> words) {
        this.words = words;
    }

    static Command of(String... words) {
        return new Command(List.of(words));
    }

    /** The example program, as its user runs it. */
    static Command coolProgram(String... args) {
        List<String> words = new ArrayList<>();
        words.add(Built.PROGRAM_DIST.resolve("bin/cool-program").toString());
        words.addAll(List.of(args));
        return new Command(words);
    }

    /** {@link SubmitMain} on the class path of the built jars; an agreement to send is its own and nobody else's. */
    static Command submitMain(String... args) {
        return submitMain(List.of(), args);
    }

    /** The same in a JVM with flags. */
    static Command submitMain(List<String> flags, String... args) {
        List<String> words = new ArrayList<>(List.of(Built.java()));
        words.addAll(flags);
        words.add("-cp");
        words.add(Built.classPath("usagestats-api", "usagestats-core", "transport-http", "transport-subprocess"));
        words.add(SubmitMain.class.getName());
        words.addAll(List.of(args));
        return new Command(words);
    }

    /** The same command as the leader of a process group, as an interactive shell starts it. */
    Command leadingAGroup() {
        return after(List.of("setsid"));
    }

    /**
     * The same command in a terminal of its own, which is closed when the process that has it ends. It hears that also if these
     * tests run under nohup(1).
     */
    Command inATerminal() {
        StringBuilder line = new StringBuilder("exec env --default-signal=HUP");
        for (String word : words) {
            line.append(" '").append(word.replace("'", "'\\''")).append('\'');
        }
        return of("script", "-qec", line.toString(), "/dev/null");
    }

    Command with(String variable, Object value) {
        environment.put(variable, value.toString());
        return this;
    }

    /** The same command, run by another one that has these words before it. */
    Command after(List<String> before) {
        List<String> all = new ArrayList<>(before);
        all.addAll(words);
        Command command = new Command(all);
        command.environment.putAll(environment);
        return command;
    }

    /** Starts it with output and errors in files; the environment is this one's, without what CI and its network add to it. */
    Running start() throws IOException {
        Path out = Files.createTempFile("usagestats-it", ".out");
        Path err = Files.createTempFile("usagestats-it", ".err");
        ProcessBuilder builder = new ProcessBuilder(words);
        builder.environment().keySet().removeAll(List.of("CI", "JAVA_TOOL_OPTIONS", "DO_NOT_TRACK"));
        builder.environment()
                .keySet()
                .removeIf(name -> name.toLowerCase(Locale.ROOT).endsWith("_proxy"));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(environment);
        builder.redirectOutput(out.toFile()).redirectError(err.toFile());
        return new Running(builder.start(), out, err);
    }

    /** Runs it to its end. */
    Ended run() throws Exception {
        try (Running running = start()) {
            return running.end();
        }
    }

    /** What a process said and how it ended. */
    record Ended(int status, String out, String err) {}

    /** A process under way. */
    record Running(Process process, Path outFile, Path errFile) implements AutoCloseable {

        Ended end() throws Exception {
            if (!process.waitFor(2, TimeUnit.MINUTES)) {
                throw new AssertionError("still runs after two minutes: " + err());
            }
            return new Ended(process.exitValue(), out(), err());
        }

        String out() throws IOException {
            return Files.readString(outFile, StandardCharsets.UTF_8);
        }

        String err() throws IOException {
            return Files.readString(errFile, StandardCharsets.UTF_8);
        }

        @Override
        public void close() throws IOException {
            process.destroyForcibly().onExit().join();
            Files.deleteIfExists(outFile);
            Files.deleteIfExists(errFile);
        }
    }
}
