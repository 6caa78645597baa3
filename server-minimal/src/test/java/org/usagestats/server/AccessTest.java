package org.usagestats.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.usagestats.server.access.Access;
import org.usagestats.server.access.Scope;
import org.usagestats.server.settings.Choice;
import org.usagestats.server.tls.Tls;
import org.usagestats.testkit.Certificates;

/** Who may do what, over real sockets from the loopback address and from another of this machine. */
class AccessTest {

    private static final String INGEST = "ingest-key-0123456789";
    private static final String QUERY = "query-token-0123456789";
    private static final String EXPORT = "export-token-0123456789";
    private static final String BOTH = "both-token-0123456789";
    private static final String ADMIN = "admin-token-0123456789";

    /** What a header Authorization lets its sender do; null where the token is not known. */
    private static final Map<String, List<Scope>> CREDENTIALS = Map.of(
            "Bearer " + INGEST,
            List.of(Scope.INGEST),
            "Bearer " + QUERY,
            List.of(Scope.QUERY),
            "bearer  " + EXPORT,
            List.of(Scope.EXPORT),
            "Bearer " + BOTH,
            List.of(Scope.QUERY, Scope.EXPORT),
            "Bearer " + ADMIN,
            List.of(Scope.values()),
            "Bearer " + QUERY + "x",
            List.of(),
            "Bearer x",
            List.of());

    private static final List<String> NO_CREDENTIALS = List.of("", "Basic cXVlcnk6dG9rZW4=", "Bearer", QUERY);

    private static final Map<String, Scope> READ = Map.of(
            "/v1/count?group_by=program", Scope.QUERY,
            "/v1/download/import", Scope.EXPORT,
            "/metrics", Scope.QUERY);

    private static final List<String> HOSTS = List.of("localhost:80", "stats.example.org", "127.0.0.1.example.org");
    private static final List<String> PROXIES = List.of("", "X-Forwarded-For: ::1", "Forwarded: for=_a", "Via: 1.1 a");

    @TempDir
    private static Path keys;

    private static Certificates made;
    private static SSLContext trust;

    private final ListSink sink = new ListSink();

    @BeforeAll
    static void makeKey() throws Exception {
        made = new Certificates(keys);
        made.make("ec", "EC");
        trust = made.trustAll();
    }

    /** How a collector may be run. */
    enum Run {
        LOCAL(false, false),
        LOCAL_WITH_TOKENS(true, false),
        LOCAL_BEHIND_PROXY(false, true),
        EVERYWHERE_BEHIND_PROXY(true, true),
        EVERYWHERE_WITH_TLS(true, false);

        private final boolean tokens;
        private final boolean proxy;

        Run(boolean tokens, boolean proxy) {
            this.tokens = tokens;
            this.proxy = proxy;
        }

        private Collector start(ListSink sink) throws IOException {
            Access.Builder access = Access.builder();
            if (tokens) {
                access.token(INGEST, Scope.INGEST)
                        .token(QUERY, Scope.QUERY)
                        .token(EXPORT, Scope.EXPORT)
                        .token(BOTH, Scope.QUERY, Scope.EXPORT)
                        .token(ADMIN, Scope.ADMIN);
            }
            if (proxy) {
                access.behindProxy();
            }
            Collector.Builder collector = Collector.builder().sink(sink);
            if (this == EVERYWHERE_WITH_TLS) {
                collector.tls(Tls.pem(made.pem("ec"), made.key("ec")));
            }
            return collector
                    .access(access.build())
                    .listen(isEverywhere() ? everywhere() : loopback())
                    .start();
        }

        private boolean isEverywhere() {
            return this == EVERYWHERE_BEHIND_PROXY || this == EVERYWHERE_WITH_TLS;
        }
    }

    @ParameterizedTest
    @EnumSource
    void reading_is_for_this_machine_and_for_the_holders_of_a_token_with_its_scope(Run run) throws IOException {
        try (Collector collector = run.start(sink)) {
            for (Map.Entry<String, Scope> read : READ.entrySet()) {
                for (Request request : requests(run, collector, "GET " + read.getKey())) {
                    read(request, read.getValue());
                }
            }
        }
    }

    /** From all addresses, by all names, past no proxy and past one. */
    private static List<Request> requests(Run run, Collector collector, String verb) throws IOException {
        List<Request> requests = new ArrayList<>();
        for (InetAddress peer : peers(run)) {
            for (String host : HOSTS) {
                for (String proxy : PROXIES) {
                    requests.add(new Request(run, address(collector, peer), verb, host, proxy));
                }
            }
        }
        return requests;
    }

    private static void read(Request request, Scope scope) throws IOException {
        Run run = request.run;
        boolean local = !run.proxy
                && request.address.getAddress().isLoopbackAddress()
                && request.host.startsWith("localhost")
                && request.proxy.isEmpty();
        Map<String, Integer> statuses = new LinkedHashMap<>();
        for (String none : NO_CREDENTIALS) {
            statuses.put(none, local ? 200 : run.tokens ? 401 : 403);
        }
        for (Map.Entry<String, List<Scope>> credentials : CREDENTIALS.entrySet()) {
            List<Scope> scopes = run.tokens ? credentials.getValue() : List.of();
            statuses.put(credentials.getKey(), scopes.isEmpty() ? 401 : scopes.contains(scope) ? 200 : 403);
        }
        request.answers(statuses);
    }

    @ParameterizedTest
    @EnumSource
    void sending_needs_a_key_from_wherever_it_comes_as_soon_as_there_is_one(Run run) throws IOException {
        try (Collector collector = run.start(sink)) {
            for (InetAddress peer : peers(run)) {
                for (String path : List.of("/", "/some/path", "/v1/on_import", "/v1/reports")) {
                    Request request = new Request(run, address(collector, peer), "POST " + path, "localhost", "");
                    Map<String, Integer> statuses = new LinkedHashMap<>(Map.of("", run.tokens ? 401 : 200));
                    for (Map.Entry<String, List<Scope>> credentials : CREDENTIALS.entrySet()) {
                        List<Scope> scopes = credentials.getValue();
                        int withTokens = scopes.isEmpty() ? 401 : scopes.contains(Scope.INGEST) ? 200 : 403;
                        statuses.put(credentials.getKey(), run.tokens ? withTokens : 200);
                    }
                    request.answers(statuses);
                }
            }
        }
    }

    /** A request save for its credentials. */
    private record Request(Run run, InetSocketAddress address, String verb, String host, String proxy) {

        /** Sends it with each of these credentials, on one connection. */
        void answers(Map<String, Integer> statuses) throws IOException {
            try (Socket socket = connected()) {
                for (Map.Entry<String, Integer> expected : statuses.entrySet()) {
                    String text = text(expected.getKey());
                    Reply reply = Reply.on(socket, text.getBytes(StandardCharsets.UTF_8));
                    // The sink of these tests cannot count, which is said to those who may ask.
                    assertThat(reply.status() == 422 ? 200 : reply.status())
                            .as("%s%nto %s: %s", text, address, reply)
                            .isEqualTo(expected.getValue());
                    assertThat(reply.header("WWW-Authenticate"))
                            .isEqualTo(reply.status() == 401 ? Optional.of("Bearer") : Optional.empty());
                }
            }
        }

        private Socket connected() throws IOException {
            Socket socket = Reply.connected(address);
            return run == Run.EVERYWHERE_WITH_TLS ? Reply.encrypted(socket, trust) : socket;
        }

        private String text(String credentials) {
            String report =
                    verb.endsWith("/reports") ? "{\"report\":{}}" : verb.endsWith("_import") ? "{}" : "date:12.5\n";
            return verb + " HTTP/1.1\r\nHost: " + host + "\r\n" + line(proxy)
                    + line(credentials.isEmpty() ? "" : "Authorization: " + credentials)
                    + (verb.startsWith("POST") ? "Content-Length: " + report.length() + "\r\n\r\n" + report : "\r\n");
        }

        private static String line(String header) {
            return header.isEmpty() ? "" : header + "\r\n";
        }
    }

    @Test
    void a_key_may_stand_in_the_address_of_a_report_and_a_token_never_in_that_of_a_question() throws IOException {
        try (Collector collector = Run.LOCAL_WITH_TOKENS.start(sink)) {
            assertThat(post(collector, "/at?a=b&key=" + INGEST).body()).isEqualTo("stored");
            assertThat(sink.reports().get(0).path()).contains("/at");
            assertThat(post(collector, "/?key=" + QUERY).status()).isEqualTo(403);
            assertThat(post(collector, "/?key=").status()).isEqualTo(401);
            assertThat(Reply.to(
                                    collector.address(),
                                    "GET /v1/download/import?key=" + EXPORT + " HTTP/1.1\r\nHost: a\r\n\r\n")
                            .status())
                    .isEqualTo(401);
        }
    }

    @Test
    void a_refused_report_is_kept_by_its_client() throws IOException {
        try (Collector collector = Run.LOCAL_WITH_TOKENS.start(sink)) {
            Reply reply = Reply.to(
                    collector.address(), Requests.withId("/", "00000000-0000-4000-8000-000000000001", "date:12.5\n"));
            assertThat(reply.status()).isEqualTo(401);
            assertThat(reply.header("Usagestats-Reject")).isEmpty();
            assertThat(reply.body()).contains("\"title\":\"Unauthorized\"", "invalid token");
        }
    }

    @Test
    void without_questions_neither_this_machine_nor_an_administrator_reads_more_than_metrics() throws IOException {
        Access.Builder access = Access.builder().token(ADMIN, Scope.ADMIN).noQueries();
        try (Collector collector = start(sink, access, loopback())) {
            for (String path : List.of("/v1/count", "/v1/download/import")) {
                assertThat(get(collector, path, "Authorization: Bearer " + ADMIN)
                                .status())
                        .isEqualTo(404);
                assertThat(get(collector, path).status()).isEqualTo(404);
            }
            assertThat(get(collector, "/metrics").status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "            | without TLS: give --tls-cert and --tls-key, or say --behind-proxy",
                "proxy       | without a token for reading: give --token-file, or say --no-queries",
                "proxy ingest| without a token for reading",
                "proxy export| without a token for reading",
                "no-queries  | without TLS",
                "query       | without TLS",
                "proxy query | ",
                "tls query   | ",
                "tls no-queries | ",
                "tls         | without a token for reading",
                "tls ingest  | without a token for reading",
                "proxy admin | ",
                "proxy no-queries | ",
            })
    void beyond_this_machine_it_listens_only_where_that_is_safe(String options, String refusal) throws IOException {
        String words = options == null ? "" : options;
        Collector.Builder collector =
                Collector.builder().sink(sink).access(access(words).build()).listen(everywhere());
        if (words.contains("tls")) {
            collector.tls(Tls.pem(made.pem("ec"), made.key("ec")));
        }
        if (refusal == null) {
            collector.start().close();
        } else {
            assertThatThrownBy(collector::start)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("cannot listen on 0.0.0.0, beyond this machine, " + refusal);
        }
    }

    private static Access.Builder access(String options) {
        Access.Builder access = Access.builder();
        for (String option : options.split(" ")) {
            switch (option) {
                case "proxy" -> access.behindProxy();
                case "no-queries" -> access.noQueries();
                case "tls", "" -> {}
                default -> access.token(QUERY, Choice.of(Scope.class, option).orElseThrow());
            }
        }
        return access;
    }

    private static Collector start(ListSink sink, Access.Builder access, InetSocketAddress listen) throws IOException {
        return Collector.builder()
                .sink(sink)
                .access(access.build())
                .listen(listen)
                .start();
    }

    private static InetSocketAddress loopback() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    private static InetSocketAddress everywhere() {
        return new InetSocketAddress("0.0.0.0", 0);
    }

    private static InetSocketAddress address(Collector collector, InetAddress peer) {
        return new InetSocketAddress(peer, collector.address().getPort());
    }

    private static List<InetAddress> peers(Run run) throws IOException {
        List<InetAddress> peers = new ArrayList<>(List.of(InetAddress.getByName("127.0.0.1")));
        if (run.isEverywhere()) {
            Optional<InetAddress> other = NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> address.getAddress().length == 4 && !address.isLoopbackAddress())
                    .findFirst();
            assumeTrue(other.isPresent(), "this machine has no address but its loopback address");
            peers.add(other.get());
        }
        return peers;
    }

    private static Reply post(Collector collector, String target, String... headers) throws IOException {
        return Reply.to(
                collector.address(),
                Requests.post("POST " + target + " HTTP/1.1", "date:12.5\n".getBytes(StandardCharsets.UTF_8), headers));
    }

    private static Reply get(Collector collector, String target, String... headers) throws IOException {
        return Reply.to(collector.address(), Requests.get(target, headers));
    }
}
