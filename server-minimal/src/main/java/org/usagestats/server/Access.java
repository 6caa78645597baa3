package org.usagestats.server;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.usagestats.server.http.Refusal;
import org.usagestats.server.senders.Senders;
import org.usagestats.server.tls.SecretFile;
import org.usagestats.sink.Query;
import org.usagestats.sink.Rows;

/**
 * Who may send reports to a collector, and who may read them. Immutable.
 *
 * <p>Without a token only this machine reads, and nobody where all requests come through a proxy.
 */
public final class Access {

    private final Tokens tokens;
    private final HostsAndOrigins names;
    private final Senders senders;
    private final boolean behindProxy;
    private final boolean queries;
    private final boolean publicView;
    private final int privacyFloor;

    private Access(Builder builder) {
        this.tokens = builder.tokens;
        this.names = builder.names;
        this.senders = builder.behindProxy ? builder.senders : Senders.direct();
        this.behindProxy = builder.behindProxy;
        this.queries = builder.queries;
        this.publicView = builder.publicView;
        this.privacyFloor = builder.privacyFloor;
    }

    /**
     * Describes who may do what. Unless told otherwise everyone who reaches the collector sends reports, save web pages, and
     * this machine alone reads.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Refuses to listen where anybody could read reports, or everybody on the way.
     *
     * @throws IllegalArgumentException in one line that says what to do
     */
    void requireSafe(InetSocketAddress listen, boolean encrypted) {
        if (listen.getAddress().isLoopbackAddress()) {
            return;
        }
        if (!encrypted && !behindProxy) {
            throw new IllegalArgumentException("cannot listen on " + listen.getHostString()
                    + ", beyond this machine, without TLS: give --tls-cert and --tls-key, or say --behind-proxy if what"
                    + " comes there has passed a proxy that does TLS");
        }
        if (queries && !publicView && !tokens.anyLets(Scope.VIEW)) {
            throw new IllegalArgumentException("cannot listen on " + listen.getHostString()
                    + ", beyond this machine, without a token for reading: give --token-file, or say --no-queries or"
                    + " --public-view");
        }
    }

    /** Whether all requests come through a proxy. */
    boolean isBehindProxy() {
        return behindProxy;
    }

    /** Whether questions are answered at all. */
    boolean queries() {
        return queries;
    }

    /** Which names it answers to, and which web pages. */
    HostsAndOrigins names() {
        return names;
    }

    /** Refuses reports from those who may not send them. */
    void requireSender(Caller caller) throws Refusal {
        names.requireNoForeignPage(caller);
        if (tokens.anyFor(Scope.INGEST)) {
            String key = caller.token().or(caller::key).orElse("");
            tokens.require(key, Scope.INGEST, "reports need Authorization: Bearer KEY, or ?key=KEY in the address");
        }
    }

    /** Who sent a request: its peer or, past proxies that can be trusted, whoever they say. */
    InetAddress sender(HttpExchange exchange) {
        List<String> forwarded = exchange.getRequestHeaders().getOrDefault("X-Forwarded-For", List.of());
        return senders.of(exchange.getRemoteAddress().getAddress(), forwarded);
    }

    /** Refuses reading to those who may not. */
    void requireReader(Caller caller, Scope scope) throws Refusal {
        Optional<String> token = caller.token();
        if (token.isPresent()) {
            tokens.require(token.get(), scope, "reading needs Authorization: Bearer TOKEN");
        } else if (!mayWithoutHeader(caller, scope)) {
            throw refusalOfStranger(scope);
        }
    }

    /** On this machine, in the public view, and by the cookie that a secret link has left. */
    private boolean mayWithoutHeader(Caller caller, Scope scope) {
        return (!behindProxy && caller.isThisMachine())
                || (publicView && scope == Scope.VIEW)
                || caller.cookie().filter(token -> tokens.lets(token, scope)).isPresent();
    }

    /** Tells whether a token lets its holder see at least the dashboard. */
    boolean lets(String token) {
        return tokens.lets(token, Scope.VIEW);
    }

    /** Tells whether a caller, who may read, sees everything; others see the view of many users. */
    boolean seesAll(Caller caller) {
        return caller.token().filter(token -> tokens.lets(token, Scope.QUERY)).isPresent()
                || (caller.token().isEmpty() && mayWithoutHeader(caller, Scope.QUERY));
    }

    /** A question as its caller, who may read, gets it answered: a viewer's says nothing about few users. */
    Query seenBy(Caller caller, Query query) throws Refusal {
        if (seesAll(caller)) {
            return query;
        }
        View.require(query);
        Rows rows = query.rows();
        return query.withRows(rows.privacyFloor(Math.max(privacyFloor, rows.privacyFloor())));
    }

    private Refusal refusalOfStranger(Scope scope) {
        if (tokens.anyLets(scope)) {
            return Refusal.ofRequest(401, "reading needs a token", "Authorization: Bearer TOKEN");
        }
        if (behindProxy) {
            return Refusal.ofRequest(403, "reading needs a token", "this collector has none for it");
        }
        return Refusal.ofRequest(
                403,
                "reading is for this machine",
                "ask from where the collector runs, as http://localhost or http://127.0.0.1, without a proxy");
    }

    /** Gathers who may do what; not for use by several threads. */
    public static final class Builder {

        private Senders senders = Senders.pastLocalProxies();
        private Tokens tokens = Tokens.none();
        private HostsAndOrigins names = HostsAndOrigins.NONE;
        private boolean behindProxy;
        private boolean queries = true;
        private boolean publicView;
        private int privacyFloor = 5;

        private Builder() {}

        /**
         * Lets the holder of a token do something.
         *
         * @param token 20 to 200 of the characters A-Z, a-z, 0-9, '.', '_', '~' and '-'
         * @param first what it is for
         * @param more what else it is for
         * @return this
         */
        public Builder token(String token, Scope first, Scope... more) {
            tokens = tokens.and(token, EnumSet.of(first, more));
            return this;
        }

        /**
         * Lets the holders of the tokens in a file do what stands there: each is a line such as {@code query,export TOKEN}.
         *
         * @param file a file that only its owner may read
         * @return this
         * @throws IllegalArgumentException if others may read it too, or a line is wrong
         * @throws IOException if it cannot be read
         */
        public Builder tokenFile(Path file) throws IOException {
            return tokens(SecretFile.read(file), file.toString());
        }

        Builder tokens(String text, String source) {
            tokens = tokens.and(text, source);
            return this;
        }

        /**
         * Takes every request as one that came through a proxy: nobody reads without a token, and if the proxy is on this
         * machine, the last address in its {@code X-Forwarded-For} is the sender's.
         *
         * @return this
         */
        public Builder behindProxy() {
            behindProxy = true;
            return this;
        }

        /**
         * Believes the {@code X-Forwarded-For} of proxies elsewhere, too.
         *
         * @param network an address, or {@code ADDRESS/BITS}
         * @return this
         * @throws IllegalArgumentException if it is neither
         */
        public Builder trustedProxy(String network) {
            senders = senders.andProxy(network);
            return behindProxy();
        }

        /**
         * Answers no questions and hands out no reports.
         *
         * @return this
         */
        public Builder noQueries() {
            queries = false;
            return this;
        }

        /**
         * Lets everyone see the dashboard and ask questions, with answers in which no user can be singled out.
         *
         * @return this
         */
        public Builder publicView() {
            publicView = true;
            return this;
        }

        /**
         * Says how many different users stand in each row that a viewer gets to see, in the public view and by a token of
         * {@link Scope#VIEW}; at first 5.
         *
         * @param users how many, at least 1
         * @return this
         * @throws IllegalArgumentException if it is less
         */
        public Builder privacyFloor(int users) {
            if (users < 1) {
                throw new IllegalArgumentException("the privacy floor is at least 1 user, not " + users);
            }
            privacyFloor = users;
            return this;
        }

        /**
         * Answers to this name, and from now on to no other save those and this machine's own.
         *
         * @param name the name or address that clients use, without a port
         * @return this
         */
        public Builder host(String name) {
            names = names.andHost(name);
            return this;
        }

        /**
         * Lets web pages of an origin send reports, and read with a token.
         *
         * @param origin as browsers write it, such as {@code https://app.example.org}
         * @return this
         */
        public Builder allowOrigin(String origin) {
            names = names.andOrigin(origin);
            return this;
        }

        /**
         * Settles it.
         *
         * @return who may do what
         */
        public Access build() {
            return new Access(this);
        }
    }
}
