package org.usagestats.core;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.usagestats.api.Consent;
import org.usagestats.api.UsageStats;

/** A program for a test to run at a terminal: asks, and says on standard output what came of it. */
final class AskMain {

    private AskMain() {}

    /**
     * Runs it.
     *
     * @param args directory; milliseconds to wait for an answer; then what to do: {@code declaring} fields, {@code more} of
     *     them, with a {@code prompt}, {@code interrupted}, {@code
     *     typedAhead} something, {@code reading} a line afterwards, {@code beneath} the JDK's buffer
     */
    public static void main(String[] args) throws IOException {
        List<String> wishes = List.of(args);
        UsageStatsClient.Builder builder = UsageStatsClient.builder("ask-main", "1")
                .dropPoint(URI.create("https://usagestats.example.org/in"))
                .location(Path.of(args[0]))
                .systemFolder(Path.of(args[0]).resolveSibling("no-policy").toFile());
        if (wishes.contains("declaring")) {
            builder.collects("mode", "which code path was used");
        }
        if (wishes.contains("more")) {
            builder.collects("theme", "which theme is chosen");
        }
        if (wishes.contains("prompt")) {
            builder.prompt(Prompt.forCommands("ask-main --yes", "ask-main --no"));
        }
        while (wishes.contains("typedAhead") && System.in.available() == 0) {
            Thread.onSpinWait();
        }
        try (UsageStats stats = builder.open()) {
            ask(stats, Duration.ofMillis(Long.parseLong(args[1])), wishes.contains("interrupted"));
        }
        if (wishes.contains("reading")) {
            System.out.println("read " + line(System.in));
        }
        if (wishes.contains("beneath")) {
            System.out.println("read " + line(new FileInputStream(FileDescriptor.in)));
        }
    }

    private static void ask(UsageStats stats, Duration limit, boolean interrupted) {
        Set<String> before = threads();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        Consent consent = Ask.onConsole(stats, limit);
        System.out.println(consent.state() + " " + consent.newFields().size());
        System.out.println("interrupted " + Thread.interrupted());
        Set<String> started = threads();
        started.removeAll(before);
        System.out.println("threads " + started);
        System.out.println("console " + Terminal.isConsole());
    }

    private static Set<String> threads() {
        Set<String> names = new TreeSet<>();
        Thread.getAllStackTraces().keySet().forEach(thread -> names.add(thread.getName()));
        return names;
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            line.append((char) c);
        }
        return line.toString();
    }
}
