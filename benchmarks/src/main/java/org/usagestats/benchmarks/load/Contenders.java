package org.usagestats.benchmarks.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.usagestats.benchmarks.Built;
import org.usagestats.benchmarks.FreePort;
import org.usagestats.benchmarks.Jdk;
import org.usagestats.benchmarks.Others;

/** All servers that are put under load. */
final class Contenders {

    /** How many connections a busy server has. */
    static final int MANY = 64;

    static final String ALWAYS = "collector, always";
    static final String OS = "collector, os";
    static final String SMALL = "collector, always, heap of 256 MiB";
    static final String CROWDED = "collector, always, beside 100 slow and 400 idle connections";
    static final String SLOWER = "collector, always, syncs longer by ";
    static final String EACH = "collector, one sync a request";
    static final String EACH_SLOWER = EACH + ", longer by ";
    static final String EMPTY = "the same HttpServer, empty handler";
    static final String RAW = "raw NIO, group commit";
    static final String BARE = "bare append and fdatasync";
    static final String NGINX = "nginx, body to its log, no sync";
    static final String NODE = "node, fdatasync each";
    static final String PYTHON = "Python JSONL, a thread a connection, no sync";
    static final String ORIGINAL = "the original's WSGI server, Werkzeug";
    static final String ORIGINAL_TWISTED = "the original's WSGI server, Twisted";

    private static final String SERVERS = "org.usagestats.benchmarks.load.servers.";
    private static final String NGINX_ECHO = "/usr/lib/nginx/modules/ngx_http_echo_module.so";
    private static final String HEAP = "-Xmx768m";

    private final List<Contender> all = new ArrayList<>();
    private final Built built;
    private final Path work;
    private final Options options;

    private Contenders(Built built, Path work, Options options) {
        this.built = built;
        this.work = work;
        this.options = options;
    }

    /** Those that are asked for and can be had; says which cannot. */
    static List<Contender> of(Built built, Path work, Options options) throws IOException, InterruptedException {
        Contenders contenders = new Contenders(built, work, options);
        for (Jdk jdk : options.jdks()) {
            contenders.addOurs(jdk);
            contenders.addLimits(jdk);
        }
        contenders.addPeers();
        return contenders.all.stream().filter(options::wants).toList();
    }

    private void addOurs(Jdk jdk) throws IOException {
        addCollector(jdk, ALWAYS, HEAP, List.of("jsonl", "always", ""));
        addCollector(jdk, OS, HEAP, List.of("jsonl", "os", ""));
        addCollector(jdk, EACH, HEAP, List.of("sync-each", "always", ""));
        for (String delay : List.of("1", "5")) {
            addCollector(jdk, SLOWER + delay + " ms", HEAP, List.of("slow-jsonl", "always", delay));
            addCollector(jdk, EACH_SLOWER + delay + " ms", HEAP, List.of("sync-each", "always", delay));
        }
        addCollector(jdk, SMALL, "-Xmx256m", List.of("jsonl", "always", ""));
        addCollector(jdk, CROWDED, HEAP, List.of("jsonl", "always", ""));
    }

    /** Adds a collector with a sink's name, its durability and by what its syncs are longer. */
    private void addCollector(Jdk jdk, String name, String heap, List<String> sink) throws IOException {
        Path directory = nextDirectory();
        int port = FreePort.find();
        List<String> command = java(jdk, heap, "org.usagestats.server.Main");
        command.addAll(List.of("serve", "--listen", "127.0.0.1:" + port));
        command.addAll(List.of("--sink", sink.get(0) + ":" + directory.resolve("reports")));
        command.addAll(List.of("--durability", sink.get(1)));
        if (!sink.get(2).isEmpty()) {
            command.addAll(List.of("--sink-option", "sync-delay=" + sink.get(2)));
        }
        all.add(new Contender(name, jdk.version(), command, directory, port));
    }

    private void addLimits(Jdk jdk) throws IOException {
        int port = FreePort.find();
        List<String> empty = java(jdk, HEAP, SERVERS + "EmptyServer");
        empty.add(Integer.toString(port));
        all.add(new Contender(EMPTY, jdk.version(), empty, nextDirectory(), port));

        port = FreePort.find();
        Path directory = nextDirectory();
        List<String> raw = java(jdk, HEAP, SERVERS + "RawCollector");
        raw.addAll(List.of(
                Integer.toString(port), directory.resolve("reports.jsonl").toString()));
        all.add(new Contender(RAW, jdk.version(), raw, directory, port));

        directory = Files.createDirectories(nextDirectory());
        List<String> bare = java(jdk, HEAP, SERVERS + "BareAppends");
        bare.add(directory.resolve("appended").toString());
        all.add(new Contender(BARE, jdk.version(), bare, directory, 0));
    }

    private List<String> java(Jdk jdk, String heap, String main) throws IOException {
        List<Path> classPath = new ArrayList<>(List.of(built.jar()));
        classPath.addAll(Built.jars(built.target().resolve("../../server-minimal/target/dist/lib")));
        return new ArrayList<>(List.of(jdk.java().toString(), heap, "-cp", Built.text(classPath), main));
    }

    private void addPeers() throws IOException, InterruptedException {
        if (Others.isThere(NGINX, "nginx", "-v") && Files.exists(Path.of(NGINX_ECHO))) {
            addNginx();
        }
        if (Others.isThere(NODE, "node", "--version")) {
            addScript(NODE, "node", "collector.js", "reports.jsonl");
        }
        if (Others.isThere(PYTHON, "/usr/bin/python3", "-c", "import werkzeug")) {
            addScript(PYTHON, "/usr/bin/python3", "jsonl.py", "reports.jsonl");
            addOriginal(ORIGINAL, "original.py");
        }
        if (Others.isThere(ORIGINAL_TWISTED, "/usr/bin/python3", "-c", "import twisted.web.wsgi")) {
            addOriginal(ORIGINAL_TWISTED, "original_twisted.py");
        }
    }

    private void addNginx() throws IOException {
        Path directory = Files.createDirectories(nextDirectory());
        int port = FreePort.find();
        String conf = Files.readString(scripts().resolve("nginx.conf"))
                .replace("PORT;", port + ";")
                .replace("USER;", System.getProperty("user.name") + ";")
                .replace("ECHO;", NGINX_ECHO + ";");
        Files.writeString(directory.resolve("nginx.conf"), conf);
        List<String> command = List.of(
                "nginx",
                "-p",
                directory.toString(),
                "-e",
                "errors.log",
                "-c",
                directory.resolve("nginx.conf").toString(),
                "-g",
                "daemon off;");
        all.add(new Contender(NGINX, "", command, directory, port));
    }

    private void addScript(String name, String interpreter, String script, String argument) throws IOException {
        int port = FreePort.find();
        List<String> command =
                List.of(interpreter, scripts().resolve(script).toString(), Integer.toString(port), argument);
        all.add(new Contender(name, "", command, nextDirectory(), port));
    }

    private void addOriginal(String name, String script) throws IOException {
        Path server = options.original();
        if (server == null) {
            Others.leaveOut(name, "--original names its wsgi_server.py");
        } else {
            addScript(name, "/usr/bin/python3", script, server.toString());
        }
    }

    private Path scripts() {
        return built.target().resolve("../src/main/load").normalize();
    }

    /** Where wrk finds what to send. */
    static Path report(Built built) {
        return built.target().resolve("../src/main/load/report.lua").normalize();
    }

    private Path nextDirectory() {
        return work.resolve(Integer.toString(all.size()));
    }
}
