package org.usagestats.benchmarks.queries;

import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.usagestats.benchmarks.Directories;
import org.usagestats.benchmarks.FreePort;

/** A PostgreSQL server of our own, in a folder that goes with it, on a port of this machine. */
final class Postgres implements Closeable {

    /** Where Debian has the programs. */
    private static final Path PROGRAMS = Path.of("/usr/lib/postgresql/15/bin");

    private static final String USER = "benchmark";
    private static final long SECONDS_TO_START = 30;

    private final Path directory;
    private final int port;
    private final Process server;

    private Postgres(Path directory, int port, Process server) {
        this.directory = directory;
        this.port = port;
        this.server = server;
    }

    static boolean isInstalled() {
        return Files.isExecutable(PROGRAMS.resolve("postgres"));
    }

    /** Starts it without the reports. */
    static Postgres start() throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("usagestats-postgres-");
        if (isRoot()) {
            run(List.of("chown", "postgres", directory.toString()), Redirect.PIPE);
        }
        Path data = directory.resolve("data");
        run(unprivileged("initdb", "-D", data, "-A", "trust", "-U", USER, "--no-sync", "-E", "UTF8"), Redirect.PIPE);
        int port = FreePort.find();
        List<String> command = new ArrayList<>(unprivileged("postgres", "-D", data, "-p", port));
        for (String setting : List.of(
                "listen_addresses=127.0.0.1",
                "unix_socket_directories=",
                "fsync=off",
                "shared_buffers=2GB",
                "work_mem=256MB",
                "max_wal_size=8GB")) {
            command.addAll(List.of("-c", setting));
        }
        Process server = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(Redirect.DISCARD)
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(server::destroy)); // for Ctrl-C
        Postgres postgres = new Postgres(directory, port, server);
        postgres.awaitStart();
        return postgres;
    }

    private void awaitStart() throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_TO_START);
        while (status(psql("SELECT 1"), Redirect.PIPE) != 0) {
            if (!server.isAlive() || System.nanoTime() > end) {
                close();
                throw new IOException("PostgreSQL does not start");
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    /** Loads reports into a table {@code flat} and one {@code documents}, seen through {@code documents_read}. */
    void load(Path file) throws IOException, InterruptedException {
        execute("CREATE UNLOGGED TABLE documents (j jsonb)");
        // None of the values has a backslash, which COPY would take for an escape.
        run(psql("COPY documents FROM STDIN"), Redirect.from(file.toFile()));
        execute("CREATE VIEW documents_read AS SELECT j->>'command' AS command, j->>'country' AS country,"
                + " j->>'user' AS \"user\", substr(j->>'server_time', 1, 10) AS day FROM documents");
        execute("CREATE UNLOGGED TABLE flat AS SELECT " + flatColumns() + " FROM documents");
        execute("VACUUM ANALYZE documents");
        execute("VACUUM ANALYZE flat");
    }

    private static String flatColumns() {
        List<String> columns = new ArrayList<>();
        MadeUpReports.STRINGS.forEach(column -> columns.add("j->>'" + column + "' AS \"" + column + "\""));
        columns.add("substr(j->>'server_time', 1, 10)::date AS day");
        return String.join(", ", columns);
    }

    private void execute(String statement) throws IOException, InterruptedException {
        run(psql(statement), Redirect.PIPE);
    }

    private List<String> psql(String statement) {
        return List.of(
                PROGRAMS.resolve("psql").toString(),
                "-X",
                "-q",
                "-v",
                "ON_ERROR_STOP=1",
                "-h",
                "127.0.0.1",
                "-p",
                Integer.toString(port),
                "-U",
                USER,
                "-d",
                "postgres",
                "-c",
                statement);
    }

    /** Where a driver finds it. */
    String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=" + USER;
    }

    /** PostgreSQL refuses to run as root. */
    private static List<String> unprivileged(String program, Object... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        if (isRoot()) {
            command.addAll(List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"));
        }
        command.add(PROGRAMS.resolve(program).toString());
        Stream.of(arguments).map(Object::toString).forEach(command::add);
        return command;
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    private static void run(List<String> command, Redirect input) throws IOException, InterruptedException {
        if (status(command, input) != 0) {
            throw new IOException("this fails: " + String.join(" ", command));
        }
    }

    private static int status(List<String> command, Redirect input) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                .directory(new File("/"))
                .redirectInput(input)
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.DISCARD)
                .start()
                .waitFor();
    }

    @Override
    public void close() throws IOException {
        try {
            // SIGINT is its fast shutdown: without waiting for those who are connected.
            status(List.of("kill", "-INT", Long.toString(server.pid())), Redirect.PIPE);
            if (!server.waitFor(SECONDS_TO_START, TimeUnit.SECONDS)) {
                server.destroyForcibly().waitFor();
            }
        } catch (InterruptedException given) {
            server.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        Directories.delete(directory);
    }
}
