package org.usagestats.benchmarks.queries;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.usagestats.benchmarks.Jdk;
import org.usagestats.benchmarks.Others;
import org.usagestats.benchmarks.queries.Contender.Field;

/** All who are asked. What some of them share goes when this is closed. */
final class Contenders implements Closeable {

    static final String COLUMNS = "columns";
    static final String OVER_HTTP = "columns, over HTTP";
    static final String PLAIN = "file without columns";
    static final String DUCKDB = "DuckDB, own table";
    static final String READ_JSON = "DuckDB, read_json";
    static final String DICTIONARY = "dictionary scan by hand";
    static final String JACKSON = "Jackson, 1 thread";
    static final String FLAT = "PostgreSQL, flat table";
    static final String JSONB = "PostgreSQL, JSONB";
    static final String PYTHON = "Python loop";
    static final String JQ = "jq, sort, uniq";

    private static final Set<Question> ALL = EnumSet.allOf(Question.class);
    private static final Set<Question> OF_FILES = EnumSet.range(Question.ONE_KEY, Question.USERS_BY_DAY);

    private final List<Contender> all = new ArrayList<>();
    private final Deque<Closeable> shared = new ArrayDeque<>();
    private final Launch launch;
    private final Options options;
    private final Dataset dataset;
    private final Dataset million;

    private Contenders(Launch launch, Options options, Dataset dataset, Dataset million) {
        this.launch = launch;
        this.options = options;
        this.dataset = dataset;
        this.million = million;
    }

    /** Those that are asked for and can be had, ours first; says which cannot. */
    static Contenders of(Launch launch, Options options, Dataset dataset, Dataset million)
            throws IOException, InterruptedException {
        Contenders contenders = new Contenders(launch, options, dataset, million);
        for (Jdk jdk : options.jdks()) {
            contenders.addOurs(jdk);
        }
        Jdk newest = options.jdks().get(options.jdks().size() - 1);
        try {
            contenders.addScans(newest);
            contenders.addDuckDb(newest);
            contenders.addPostgres(newest);
            contenders.addScripts();
            return contenders;
        } catch (IOException | InterruptedException failed) {
            contenders.close();
            throw failed;
        }
    }

    List<Contender> all() {
        return all;
    }

    static String threads(String name, int threads) {
        return name + (threads == 1 ? ", 1 thread" : ", " + threads + " threads");
    }

    private void addOurs(Jdk jdk) {
        for (int threads = 1; threads <= 2; threads++) {
            String processors = Launch.processors(threads);
            add(
                    threads(COLUMNS, threads),
                    jdk.version(),
                    Field.READY,
                    ALL,
                    () -> Interviewed.start(launch.program(jdk, processors, "ColumnsProgram", dataset.log())));
            add(
                    threads(PLAIN, threads),
                    jdk.version(),
                    Field.FILE,
                    OF_FILES,
                    () -> Interviewed.start(launch.program(jdk, processors, "PlainProgram", dataset.elsewhere())));
        }
        String instance = "http-" + all.size();
        add(
                OVER_HTTP,
                jdk.version(),
                Field.READY,
                ALL,
                () -> Collector.start(launch.server(
                        jdk,
                        "serve",
                        "--listen",
                        "127.0.0.1:0",
                        "--instance",
                        instance,
                        "--sink",
                        "jsonl:" + dataset.log())));
        add(
                threads(COLUMNS, 1),
                jdk.version(),
                Field.MILLION,
                ALL,
                () -> Interviewed.start(launch.program(jdk, Launch.processors(1), "ColumnsProgram", million.log())));
    }

    private void addScans(Jdk jdk) {
        for (int threads = 1; threads <= 2; threads++) {
            int count = threads;
            add(
                    threads(DICTIONARY, threads),
                    "",
                    Field.READY,
                    Question.SIMPLE,
                    () -> Interviewed.start(launch.program(
                            jdk,
                            Launch.processors(count),
                            "DictionaryProgram",
                            dataset.file(),
                            dataset.reports(),
                            count)));
        }
        add(
                JACKSON,
                "",
                Field.FILE,
                OF_FILES,
                () -> Interviewed.start(launch.program(jdk, Launch.processors(1), "JacksonProgram", dataset.file())));
    }

    private void addDuckDb(Jdk jdk) throws IOException {
        String file = "read_json('" + dataset.file() + "', format = 'newline_delimited'";
        Path table = dataset.directory().resolve("duckdb");
        if (options.wants(DUCKDB) && !Files.exists(table)) {
            System.err.println("loading " + DUCKDB);
            Interviewed.start(launch.database(
                            jdk,
                            "jdbc:duckdb:" + table,
                            "",
                            "",
                            "CREATE TABLE reports AS SELECT *, CAST(server_time AS DATE) AS day FROM " + file + ")"))
                    .close();
        }
        for (int threads = 1; threads <= 2; threads++) {
            String use = "SET threads = " + threads;
            add(
                    threads(DUCKDB, threads),
                    "",
                    Field.READY,
                    ALL,
                    () -> Interviewed.start(
                            launch.database(jdk, "jdbc:duckdb:" + table, "duckdb.read_only=true", "reports", use)));
            String view =
                    "CREATE VIEW reports AS SELECT command, country, \"user\", substr(server_time, 1, 10) AS day FROM "
                            + file
                            + ", columns = {command: 'VARCHAR', country: 'VARCHAR', \"user\": 'VARCHAR', server_time: 'VARCHAR'})";
            add(
                    threads(READ_JSON, threads),
                    "",
                    Field.FILE,
                    OF_FILES,
                    () -> Interviewed.start(launch.database(jdk, "jdbc:duckdb:", "", "reports", use, view)));
        }
    }

    private void addPostgres(Jdk jdk) throws IOException, InterruptedException {
        if (!options.wants(FLAT) && !options.wants(JSONB)) {
            return;
        }
        if (!Postgres.isInstalled()) {
            Others.leaveOut("PostgreSQL", "there is none in /usr/lib/postgresql/15/bin");
            return;
        }
        System.err.println("loading PostgreSQL");
        Postgres postgres;
        try {
            postgres = Postgres.start();
            shared.push(postgres);
            postgres.load(million.file());
        } catch (IOException failed) {
            Others.leaveOut("PostgreSQL", String.valueOf(failed.getMessage()));
            return;
        }
        add(
                FLAT,
                "",
                Field.MILLION,
                Question.SIMPLE,
                () -> Interviewed.start(launch.database(jdk, postgres.url(), "", "flat")));
        add(
                JSONB,
                "",
                Field.MILLION,
                Question.SIMPLE,
                () -> Interviewed.start(launch.database(jdk, postgres.url(), "", "documents_read")));
    }

    private void addScripts() throws InterruptedException {
        String python = "/usr/bin/python3";
        String script = launch.scripts().resolve("count.py").toString();
        if (Others.isThere(PYTHON, python, "--version")) {
            add(
                    PYTHON,
                    "",
                    Field.MILLION,
                    Question.SIMPLE,
                    () -> Interviewed.start(
                            List.of(python, script, million.file().toString())));
        }
        if (Others.isThere(JQ, "jq", "--version")) {
            add(
                    JQ,
                    "",
                    Field.MILLION,
                    EnumSet.of(Question.ONE_KEY),
                    () -> new Pipeline("jq -r .command '" + million.file() + "' | sort | uniq -c"));
        }
    }

    private void add(String name, String version, Field field, Set<Question> questions, Contender.Start start) {
        if (options.wants(name)) {
            all.add(new Contender(name, version, field, questions, start));
        }
    }

    @Override
    public void close() throws IOException {
        while (!shared.isEmpty()) {
            shared.pop().close();
        }
    }
}
