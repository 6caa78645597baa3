package org.usagestats.core;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.usagestats.api.Note;
import org.usagestats.testkit.Await;

/** {@link AskMain} at a terminal of its own, made by {@code script} of util-linux; its standard output goes to a file. */
final class TerminalProgram implements AutoCloseable {

    private static final Duration SOON = Duration.ofSeconds(60);

    private final Process script;
    private final Path shown;
    private final Path out;

    private TerminalProgram(Process script, Path shown, Path out) {
        this.script = script;
        this.shown = shown;
        this.out = out;
    }

    /** Starts it from a shell that gives each job a process group, as interactive ones do; its last words are given. */
    static TerminalProgram start(Path directory, Map<String, String> environment, String lastWords, String... args)
            throws IOException {
        Path shown = Files.createTempFile(directory, "terminal", "");
        Path out = Files.createTempFile(directory, "out", "");
        String command = "set -m; " + command(args) + " >'" + out + "' " + lastWords;
        ProcessBuilder builder = new ProcessBuilder("script", "-qec", command, "/dev/null");
        builder.environment().keySet().removeAll(List.of("CI", "JAVA_TOOL_OPTIONS", "DO_NOT_TRACK"));
        builder.environment().putAll(environment);
        builder.redirectOutput(shown.toFile()).redirectErrorStream(true);
        return new TerminalProgram(builder.start(), shown, out);
    }

    private static String command(String... args) {
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                codeOf(Ask.class) + ":" + codeOf(Note.class) + ":"
                        + Path.of("target/test-classes").toAbsolutePath(),
                AskMain.class.getName()));
        words.addAll(List.of(args));
        return "'" + String.join("' '", words) + "'";
    }

    /** Waits for the question. */
    TerminalProgram awaitQuestion() throws Exception {
        Await.until("the question", SOON, () -> shown().contains("[y/N] ") || !script.isAlive());
        return this;
    }

    /** Types, as a user does. */
    TerminalProgram type(String text) throws IOException {
        script.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        script.getOutputStream().flush();
        return this;
    }

    /** Waits for a line of standard output. */
    TerminalProgram awaitOut(String line) throws Exception {
        Await.until("the line " + line, SOON, () -> Files.readAllLines(out).contains(line));
        return this;
    }

    /** Waits for the end, and returns the lines of standard output. */
    List<String> end() throws Exception {
        if (!script.waitFor(SOON.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("still runs: " + shown());
        }
        return Files.readAllLines(out);
    }

    /** What the terminal showed, what was typed included. */
    String shown() throws IOException {
        return Files.readString(shown).replace("\r\n", "\n");
    }

    @Override
    public void close() {
        script.destroyForcibly().onExit().join();
    }

    private static String codeOf(Class<?> type) {
        return Path.of(URI.create(
                        type.getProtectionDomain().getCodeSource().getLocation().toString()))
                .toString();
    }
}
