package org.usagestats.server.access;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.usagestats.server.http.Refusal;
import org.usagestats.server.senders.Senders;
import org.usagestats.server.tls.SecretFile;

/**
 * Who may send reports to a collector, and who may read them. Immutable.
 *
 * <p>Without a token only this machine reads, and nobody where all requests come through a proxy.
 */
public final class Access {

    private final Tokens tokens;
    private final HostsAndOrigins names;
    private final Senders senders;
    private final Readers readers;
    private final boolean queries;

    private Access(Builder builder) {
        this.tokens = builder.tokens;
        this.names = builder.names;
        this.senders = builder.behindProxy ? builder.senders : Senders.direct();
        this.readers = new Readers(tokens, builder.behindProxy, builder.publicView, builder.privacyFloor);
        this.queries = builder.queries;
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

    /** Tells whether all requests come through a proxy. */
    public boolean isBehindProxy() {
        return readers.behindProxy();
    }

    /** Tells whether this machine may read, and nobody elsewhere. */
    public boolean isForThisMachine() {
        return queries && !readers.mayBeElsewhere();
    }

    /** Tells whether questions are answered at all. */
    public boolean queries() {
        return queries;
    }

    /**
     * Refuses a request that was meant for another: a name that is not this collector's may be an attacker's.
     *
     * @param request any request
     * @throws Refusal if its {@code Host} is not one that the collector answers to
     */
    public void requireHost(HttpExchange request) throws Refusal {
        names.requireHost(new Caller(request));
    }

    /**
     * Finds the web page that asks.
     *
     * @param request any request
     * @return the origin of the page, if it is listed
     */
    public Optional<String> listedOrigin(HttpExchange request) {
        return names.listedOrigin(new Caller(request));
    }

    /**
     * Refuses what a web page made its visitor post: it can post text to any address, but its browser says so.
     *
     * @param request any request
     * @throws Refusal if it is from a page whose origin is not listed
     */
    public void requireNoForeignPage(HttpExchange request) throws Refusal {
        names.requireNoForeignPage(new Caller(request));
    }

    /**
     * Refuses reports from those who may not send them.
     *
     * @param request one with reports
     * @throws Refusal if it is from such
     */
    public void requireSender(HttpExchange request) throws Refusal {
        requireNoForeignPage(request);
        if (tokens.anyFor(Scope.INGEST)) {
            Caller caller = new Caller(request);
            String key = caller.token().or(caller::key).orElse("");
            tokens.require(key, Scope.INGEST, "reports need Authorization: Bearer KEY, or ?key=KEY in the address");
        }
    }

    /**
     * Tells who sent a request.
     *
     * @param request any request
     * @return its peer or, past proxies that can be trusted, whoever they say
     */
    public InetAddress sender(HttpExchange request) {
        List<String> forwarded = request.getRequestHeaders().getOrDefault("X-Forwarded-For", List.of());
        return senders.of(request.getRemoteAddress().getAddress(), forwarded);
    }

    /**
     * Refuses reading to those who may not.
     *
     * @param request one that asks for reports, or about them
     * @param scope what a token must be for
     * @throws Refusal if it is from such
     */
    public void requireReader(HttpExchange request, Scope scope) throws Refusal {
        readers.require(new Caller(request), scope);
    }

    /** Tells whether a token lets its holder see at least the dashboard. */
    boolean lets(String token) {
        return tokens.lets(token, Scope.VIEW);
    }

    /**
     * Tells how much of the reports one who may read gets to see.
     *
     * @param request the reader's
     * @return everything, or what many users have in common
     */
    public View view(HttpExchange request) {
        return readers.view(new Caller(request));
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

        /**
         * Lets the holders of the tokens in a text do what stands there, in lines as those of a file or between semicolons.
         *
         * @param text the lines
         * @param source where they are from, for messages
         * @return this
         * @throws IllegalArgumentException if a line is wrong, in one line that tells no token
         */
        public Builder tokens(String text, String source) {
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
