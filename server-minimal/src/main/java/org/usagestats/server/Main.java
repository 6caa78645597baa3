package org.usagestats.server;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.module.ModuleDescriptor;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.usagestats.server.records.Escapes;
import org.usagestats.server.settings.Choice;
import org.usagestats.server.settings.Command;
import org.usagestats.server.settings.CommandLineSyntax;
import org.usagestats.server.settings.SettingException;
import org.usagestats.server.settings.Settings;
import org.usagestats.server.tls.Tls;

/** The command {@code usagestats-server}. */
public final class Main {

    /**
     * What the JDK's HTTP server is told unless the operator does. The times are in seconds. The first limits a
     * request from its first byte to its last; the second limits the whole answer, so that a download fits into it.
     */
    private static final Map<String, String> PROPERTIES = Map.of(
            "sun.net.httpserver.nodelay", "true",
            "sun.net.httpserver.maxReqTime", "10",
            "sun.net.httpserver.maxRspTime", "600",
            "sun.net.httpserver.idleInterval", "15",
            "sun.net.httpserver.maxReqHeaders", "50",
            "sun.net.httpserver.maxReqHeaderSize", "16384",
            "jdk.httpserver.maxConnections", "1024");

    private static final int FAILED = 1;
    private static final int MISUSED = 2;

    private final PrintStream out;
    private final PrintStream err;
    private final Map<String, String> environment;

    Main(PrintStream out, PrintStream err, Map<String, String> environment) {
        this.out = out;
        this.err = err;
        this.environment = environment;
    }

    /**
     * Does what the command line says. Ends with status 2 if the command line is wrong, 1 if what was asked for
     * failed or came upon damage, 0 when it was done, or the collector stopped in good order.
     *
     * @param args the words after {@code usagestats-server}
     */
    public static void main(String[] args) {
        PROPERTIES.forEach(System.getProperties()::putIfAbsent);
        // So that there is a System.console() on a terminal only, also where the JDK brings a console of its own.
        System.getProperties().putIfAbsent("jdk.console", "java.base");
        LogLine.useUnlessConfigured();
        int status = new Main(System.out, System.err, System.getenv()).run(List.of(args));
        if (status != 0) {
            System.exit(status);
        }
    }

    /** Starts what was asked for; a collector goes on after this returns. */
    int run(List<String> words) {
        try {
            if (words.contains("--help")) {
                out.print(CommandLineSyntax.help());
            } else if (words.equals(List.of("--version"))) {
                out.println("usagestats-server " + version());
            } else {
                return run(command(words), words.subList(1, words.size()));
            }
            return 0;
        } catch (SettingException wrong) {
            complain(wrong.getMessage() + " (usagestats-server --help says more)");
            return MISUSED;
        } catch (IllegalArgumentException wrong) {
            complain(wrong.getMessage());
            return MISUSED;
        } catch (IOException failed) {
            complain(failed.getMessage());
            return FAILED;
        }
    }

    private static Command command(List<String> words) throws SettingException {
        String word = words.isEmpty() ? "" : words.get(0);
        return Choice.of(Command.class, word)
                .orElseThrow(() -> new SettingException("the command is one of " + Choice.words(Command.class)
                        + (word.isEmpty() ? "" : ", not \"" + word + "\"")));
    }

    private int run(Command command, List<String> words) throws SettingException, IOException {
        if (command == Command.SERVE) {
            serve(words);
            return 0;
        }
        Settings settings = CommandLineSyntax.settings(command, words, environment);
        return new SinkCommands(settings, plugins(), out, err).run(command) ? 0 : FAILED;
    }

    private static Optional<ModuleLayer> plugins() throws IOException {
        String folder = System.getProperty("usagestats.plugins");
        return folder != null && Files.isDirectory(Path.of(folder))
                ? Optional.of(PluginFolder.layer(Path.of(folder)))
                : Optional.empty();
    }

    private void complain(@Nullable String reason) {
        err.println("usagestats-server: " + Escapes.line(String.valueOf(reason)));
    }

    private void serve(List<String> words) throws SettingException, IOException {
        List<String> options = new ArrayList<>(words);
        boolean printOnly = options.remove("--print-config");
        Settings settings = CommandLineSyntax.settings(Command.SERVE, options, environment);
        ServeArguments arguments = ServeArguments.of(settings);
        Collector.Builder builder = Collector.builder()
                .sink(arguments.sink(), arguments.config())
                .listen(arguments.listen())
                .keepAddresses(arguments.keeping())
                .queryLimits(ServeArguments.questions(settings))
                .access(ServeArguments.access(settings));
        Optional<Tls> tls = ServeArguments.tls(settings);
        tls.ifPresent(builder::tls);
        ServeArguments.rateLimit(settings).ifPresent(builder::rateLimit);
        Optional<Path> charts = ServeArguments.charts(settings);
        if (charts.isPresent()) {
            builder.charts(charts.get());
        }
        if (printOnly) {
            out.print(settings.print());
        } else {
            start(builder, tls.isPresent() ? "https" : "http");
        }
    }

    private void start(Collector.Builder builder, String scheme) throws IOException {
        plugins().ifPresent(builder::pluginsFrom);
        Collector collector = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(collector), "usagestats-stop"));
        err.println("listening on " + url(scheme, collector.address()));
    }

    /** Ends the JVM itself: left to it, an orderly stop by a signal would look like a failure. */
    private void stop(Collector collector) {
        int status = 0;
        try {
            collector.close();
            err.println("stopped");
        } catch (IOException failed) {
            complain("the sink did not close: " + failed.getMessage());
            status = FAILED;
        }
        Runtime.getRuntime().halt(status);
    }

    private static String url(String scheme, InetSocketAddress address) {
        String host = address.getHostString();
        return scheme + "://" + (address.getAddress() instanceof Inet6Address ? "[" + host + "]" : host) + ":"
                + address.getPort() + "/";
    }

    /** The version of this code, as its module tells it. */
    static String version() {
        ModuleDescriptor module = Main.class.getModule().getDescriptor();
        return module == null ? "(unknown version)" : module.rawVersion().orElse("(unknown version)");
    }
}
