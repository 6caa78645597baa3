package org.usagestats.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.usagestats.benchmarks.Program.Traffic;

/** The programs that are measured with one JDK. */
final class Programs {

    static final String HELLO = "hello-world";
    static final String FILE = "a file written and renamed, java.io";
    static final String DISABLED = "usagestats, the user said no";
    static final String NOTHING_DUE = "usagestats, nothing due";
    static final String FIRST_SUBMIT = "usagestats, first submit without flags";
    static final String DETACHED = "usagestats, upload due, detached";
    static final String DETACHED_DEAD = "the same, nobody listens";
    static final String DETACHED_SILENT = "the same, no answer";
    static final String IN_PROCESS = "usagestats, upload due, in process";
    static final String IN_PROCESS_DEAD = "the same in process, nobody listens";
    static final String IN_PROCESS_SILENT = "the same in process, no answer";
    static final String SPAWN = "ProcessBuilder(\"sh -c 'true &'\")";
    static final String SPAWN_AGAIN = SPAWN + " a second time";
    static final String DISCOVERY = "ServiceLoader, transport and dispatcher";
    static final String LOCK = "FileChannel.tryLock";
    static final String BARE_POST = "java.net.http, one POST, the same JVM flags";
    static final String DRAIN_ONE = "drains 1 report";
    static final String DRAIN_TWENTY = "drains 20 reports";

    /** Added to the name of a program that works for 100 ms before it submits. */
    static final String WORKING = ", runs 100 ms";

    static final String LOADED = "the classes of \"nothing due\", only loaded";
    static final String LOADED_DISABLED = "the classes of \"the user said no\", only loaded";

    /** Added to the name of a program that has an archive of its classes. */
    static final String ARCHIVED = ", with a class archive";

    private static final String PEERS = "Other libraries: start, record one event, flush, exit";
    private static final Set<String> OURS_IN_SUMMARY =
            Set.of(DISABLED, NOTHING_DUE, DETACHED, NOTHING_DUE + WORKING, DETACHED + WORKING);

    private static final String SHORT = "0";
    private static final String LONG = "100";
    private static final int MANY = 20;

    private final Jdk jdk;
    private final Surroundings around;
    private final String url;
    private final String classPath;
    private final List<Program> programs = new ArrayList<>();

    private Programs(Jdk jdk, Surroundings around) throws IOException {
        this.jdk = jdk;
        this.around = around;
        this.url = around.server().url();
        this.classPath = Built.text(around.built().classPath());
    }

    static List<Program> of(Jdk jdk, Surroundings around) throws IOException, InterruptedException {
        Programs made = new Programs(jdk, around);
        made.shortOnes();
        made.onlyLoaded();
        made.archived();
        made.handingOff();
        made.longerOnes();
        made.detachedProcess();
        made.peers();
        return made.programs;
    }

    /** Whether a program is one of those that readers in a hurry want to know of. */
    static boolean isInSummary(Program program) {
        return program.table().equals(PEERS) || OURS_IN_SUMMARY.contains(program.name());
    }

    private void shortOnes() throws IOException {
        Spools spools = around.spools();
        String silent = around.server().silentUrl();
        String dead = LocalServer.deadUrl();
        Chapter chapter = new Chapter("A program that does nothing else", HELLO);
        chapter.add(HELLO, spools.empty(), Traffic.NONE, own("Hello", SHORT));
        Spool file = spools.empty();
        chapter.add(FILE, file, Traffic.NONE, own("BareFile", path(file)));
        Spool disabled = spools.disabled(url);
        chapter.add(DISABLED, disabled, Traffic.NONE, cool(SHORT, url, disabled, "detached"));
        Spool idle = spools.nothingDue(url);
        chapter.add(NOTHING_DUE, idle, Traffic.NONE, cool(SHORT, url, idle, "detached"));
        Spool first = spools.nothingDue(url);
        chapter.add(FIRST_SUBMIT, first, Traffic.NONE, own("FirstSubmit", url, path(first)));
        chapter.addDue(DETACHED, url, "detached", Traffic.RECEIVED);
        chapter.addDue(DETACHED_DEAD, dead, "detached", Traffic.UNANSWERED);
        chapter.addDue(DETACHED_SILENT, silent, "detached", Traffic.UNANSWERED);
        chapter.addDue(IN_PROCESS, url, "in-process", Traffic.ATTEMPTED);
        chapter.addDue(IN_PROCESS_DEAD, dead, "in-process", Traffic.UNANSWERED);
        chapter.addDue(IN_PROCESS_SILENT, silent, "in-process", Traffic.UNANSWERED);
    }

    private void onlyLoaded() throws IOException, InterruptedException {
        Chapter chapter = new Chapter("What the JVM takes to load our classes", HELLO);
        chapter.add(LOADED, around.spools().empty(), Traffic.NONE, own("LoadOnly", loadedBy(NOTHING_DUE)));
        chapter.add(LOADED_DISABLED, around.spools().empty(), Traffic.NONE, own("LoadOnly", loadedBy(DISABLED)));
    }

    private String[] loadedBy(String name) throws IOException, InterruptedException {
        return LoadedClasses.of(named(name), around.stopwatch()).toArray(new String[0]);
    }

    private void archived() throws IOException, InterruptedException {
        Chapter chapter =
                new Chapter("With an archive of the program's classes (-XX:ArchiveClassesAtExit)", HELLO + ARCHIVED);
        for (String name : List.of(HELLO, DISABLED, NOTHING_DUE)) {
            Program plain = named(name);
            chapter.add(name + ARCHIVED, plain.spool(), plain.traffic(), archivedArguments(plain));
        }
    }

    /** Has a program leave an archive of its classes behind, and returns how it is started with that. */
    private List<String> archivedArguments(Program plain) throws IOException, InterruptedException {
        Path archive = around.built().target().resolve("classes-" + jdk.version() + "-" + programs.size() + ".jsa");
        Files.deleteIfExists(archive);
        plain.spool().restore();
        Process making =
                around.stopwatch().start(plain.with(List.of("-Xlog:disable", "-XX:ArchiveClassesAtExit=" + archive)));
        if (making.waitFor() != 0 || !Files.exists(archive)) {
            throw new IllegalStateException("no archive was made of the classes of " + plain.name());
        }
        return plain.with(List.of("-Xlog:disable", "-XX:SharedArchiveFile=" + archive))
                .arguments();
    }

    private Program named(String name) {
        return programs.stream()
                .filter(program -> program.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private void handingOff() throws IOException {
        Chapter chapter = new Chapter("What the JDK takes for a hand-off", HELLO);
        chapter.add(SPAWN, around.spools().empty(), Traffic.NONE, own("Spawn", SHORT));
        chapter.add(DISCOVERY, around.spools().empty(), Traffic.NONE, own("Discovery"));
        Spool locked = around.spools().empty();
        chapter.add(LOCK, locked, Traffic.NONE, own("Lock", path(locked)));
    }

    private void longerOnes() throws IOException {
        Spools spools = around.spools();
        Chapter chapter = new Chapter("A program that runs 100 ms before it submits", HELLO + WORKING);
        chapter.add(HELLO + WORKING, spools.empty(), Traffic.NONE, own("Hello", LONG));
        Spool idle = spools.nothingDue(url);
        chapter.add(NOTHING_DUE + WORKING, idle, Traffic.NONE, cool(LONG, url, idle, "detached"));
        Spool due = spools.due(url);
        chapter.add(DETACHED + WORKING, due, Traffic.RECEIVED, cool(LONG, url, due, "detached"));
        chapter.add(SPAWN + WORKING, spools.empty(), Traffic.NONE, own("Spawn", LONG));
        chapter.add(SPAWN_AGAIN + WORKING, spools.empty(), Traffic.NONE, own("Spawn", LONG, "again"));
    }

    private void detachedProcess() throws IOException, InterruptedException {
        Chapter chapter = new Chapter("The detached process itself", HELLO);
        Drain one = drainOf(1);
        Drain many = drainOf(MANY);
        List<String> bare = new ArrayList<>(one.flags());
        bare.addAll(own("HttpPost", url));
        chapter.add(BARE_POST, around.spools().empty(), Traffic.RECEIVED, bare);
        chapter.add(DRAIN_ONE, one.spool(), Traffic.RECEIVED, one.arguments());
        chapter.add(DRAIN_TWENTY, many.spool(), Traffic.RECEIVED, many.arguments());
    }

    private void peers() throws IOException {
        Chapter chapter = new Chapter(PEERS, HELLO);
        for (Peer peer : Peer.builtOnes(around.built())) {
            chapter.add(
                    peer.title(around.built()),
                    around.spools().empty(),
                    peer.traffic(),
                    List.of(
                            "-cp",
                            Built.text(peer.classPath(around.built())),
                            peer.mainClass(),
                            url,
                            around.server().receipt().toString()));
        }
    }

    /**
     * Finds out how the library starts its detached process, by looking at one while it waits for an answer, and what it
     * finds in the spool.
     */
    private Drain drainOf(int reports) throws IOException, InterruptedException {
        Spool spool = around.spools().waiting(url, reports - 1);
        DetachedDrains drains = new DetachedDrains(spool.directory());
        LocalServer server = around.server();
        Program starter =
                new Program("", DETACHED, HELLO, jdk, cool(SHORT, url, spool, "detached"), spool, Traffic.RECEIVED);
        spool.restore();
        server.hold();
        try {
            around.stopwatch().start(starter).waitFor();
            server.awaitArrival();
            List<String> command = drains.command();
            return Drain.again(command, around.spools().copyOf(spool));
        } finally {
            server.release();
            drains.awaitEnd();
        }
    }

    private List<String> cool(String work, String dropPoint, Spool spool, String dispatch) {
        return own("CoolProgram", work, dropPoint, path(spool), dispatch);
    }

    private List<String> own(String mainClass, String... arguments) {
        List<String> words = new ArrayList<>();
        words.add("-cp");
        words.add(classPath);
        words.add("org.usagestats.benchmarks.programs." + mainClass);
        words.addAll(List.of(arguments));
        return words;
    }

    private static String path(Spool spool) {
        return spool.directory().toString();
    }

    /** Programs that are shown in one table and compared with the same one. */
    private final class Chapter {

        private final String heading;
        private final String baseline;

        Chapter(String heading, String baseline) {
            this.heading = heading;
            this.baseline = baseline;
        }

        void add(String name, Spool spool, Traffic traffic, List<String> arguments) {
            programs.add(new Program(heading, name, baseline, jdk, arguments, spool, traffic));
        }

        void addDue(String name, String dropPoint, String dispatch, Traffic traffic) throws IOException {
            Spool spool = around.spools().due(dropPoint);
            add(name, spool, traffic, cool(SHORT, dropPoint, spool, dispatch));
        }
    }
}
