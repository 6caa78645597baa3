package org.usagestats.server;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.usagestats.server.access.Access;
import org.usagestats.server.http.ConnectionThreads;
import org.usagestats.server.http.Gate;
import org.usagestats.server.senders.AddressKeeping;
import org.usagestats.server.senders.RateLimit;
import org.usagestats.server.tls.Tls;
import org.usagestats.sink.QueryLimits;
import org.usagestats.sink.ReportSink;
import org.usagestats.sink.SinkConfig;
import org.usagestats.sink.SinkProvider;

/**
 * A collector that runs in this program: it takes reports in over HTTP, keeps them in a sink, and answers questions.
 *
 * <p>Its HTTP server is the JDK's, whose limits of time and size are system properties that are read once, when the server's
 * classes are first used: {@link Main} sets them, a program that embeds a collector sets them itself. Without
 * {@code sun.net.httpserver.maxReqTime} a client that stops in the middle of a request holds its thread for ever; without
 * {@code sun.net.httpserver.nodelay} each answer on Java 17 takes 44 ms.
 *
 * <p>Safe for use by several threads.
 */
public final class Collector implements AutoCloseable {

    private static final int AT_ONCE = 1024;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Gate gate;
    private final HttpServer server;
    private final ExecutorService threads;
    private final ReportSink sink;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Collector(Builder builder, ReportSink sink) throws IOException {
        this.sink = sink;
        this.gate = new Gate(AT_ONCE);
        this.server = Listening.bind(builder.listen, builder.tls, AT_ONCE);
        this.threads = ConnectionThreads.atMost(AT_ONCE);
        server.createContext("/", new Router(sink, builder.terms(), gate));
        if (isOfTheJdk(server)) {
            server.setExecutor(threads);
        }
        Listening.start(server, builder.listen);
    }

    /**
     * Describes a collector to start. Unless told otherwise it listens on a free port of the loopback address and stores no
     * addresses.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * The address it listens on.
     *
     * @return the address, with the port that was chosen if 0 was asked for
     */
    public InetSocketAddress address() {
        return server.getAddress();
    }

    /**
     * Lets no request in any more, waits up to 20 s for those that are being served, and closes the sink. Does nothing when
     * called again.
     *
     * @throws IOException if the sink fails to close
     */
    @Override
    public void close() throws IOException {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        try {
            gate.shut(PATIENCE);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
        server.stop(0);
        threads.shutdown();
        sink.close();
    }

    /** Another server has threads of its own, and may take ours for a reason to start before it listens (Jetty 12). */
    private static boolean isOfTheJdk(HttpServer server) {
        return "jdk.httpserver".equals(server.getClass().getModule().getName());
    }

    private interface SinkSource {
        ReportSink open() throws IOException;
    }

    /** Gathers what a collector needs; not for use by several threads. */
    public static final class Builder {

        private final List<ServiceLoader<SinkProvider>> places = new ArrayList<>();
        private InetSocketAddress listen = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        private @Nullable Tls tls;
        private Access access = Access.builder().build();
        private Optional<RateLimit> limit = Optional.empty();
        private AddressKeeping keeping = AddressKeeping.NONE;
        private String charts = "[]";
        private QueryLimits questions = new QueryLimits(Duration.ofSeconds(30), 100_000);
        private SinkSource sink = () -> {
            throw new IllegalArgumentException("a collector needs a sink");
        };

        private Builder() {
            places.add(SinkProviders.beside(Collector.class));
        }

        /**
         * Keeps reports in this sink. The collector closes it.
         *
         * @param instance an open sink
         * @return this
         */
        public Builder sink(ReportSink instance) {
            this.sink = () -> instance;
            return this;
        }

        /**
         * Keeps reports in the sink of this name, found beside the collector or where {@code pluginsFrom} says.
         *
         * @param name the name that its {@link SinkProvider} gives
         * @param config where it keeps reports, and how
         * @return this
         */
        public Builder sink(String name, SinkConfig config) {
            this.sink = () -> open(new SinkProviders(places).named(name), config);
            return this;
        }

        /**
         * Finds sinks in a module layer also.
         *
         * @param layer the layer
         * @return this
         */
        public Builder pluginsFrom(ModuleLayer layer) {
            places.add(ServiceLoader.load(layer, SinkProvider.class));
            return this;
        }

        /**
         * Finds sinks in a class loader also.
         *
         * @param loader the loader
         * @return this
         */
        public Builder pluginsFrom(ClassLoader loader) {
            places.add(ServiceLoader.load(SinkProvider.class, loader));
            return this;
        }

        /**
         * Listens on this address.
         *
         * @param address the address; beyond loopback it needs an {@link #access} that is safe there; port 0 takes a free one
         * @return this
         */
        public Builder listen(InetSocketAddress address) {
            this.listen = address;
            return this;
        }

        /**
         * Speaks HTTPS and nothing else.
         *
         * @param with with which key
         * @return this
         */
        public Builder tls(Tls with) {
            this.tls = with;
            return this;
        }

        /**
         * Lets these send reports and read them.
         *
         * @param who who may do what
         * @return this
         */
        public Builder access(Access who) {
            this.access = who;
            return this;
        }

        /**
         * Stores this much of a sender's address.
         *
         * @param addresses how much
         * @return this
         */
        public Builder keepAddresses(AddressKeeping addresses) {
            this.keeping = addresses;
            return this;
        }

        /**
         * Takes so many requests a minute with reports from each network, a /24 or /64, and answers the others that they may
         * come again later. Reports without an id are always taken: their clients know no later.
         *
         * @param perMinute how many, 1 or more; so many may also come at once
         * @return this
         */
        public Builder rateLimit(int perMinute) {
            this.limit = Optional.of(RateLimit.perMinute(perMinute));
            return this;
        }

        /**
         * Lets questions cost no more than this; unless told otherwise 30 s and 100,000 groups.
         *
         * @param most how much
         * @return this
         */
        public Builder queryLimits(QueryLimits most) {
            this.questions = most;
            return this;
        }

        /**
         * Shows further charts on the dashboard.
         *
         * @param file a JSON array of objects with the strings {@code title}, {@code query} as in the address of
         *     {@code /v1/query}, and {@code mark}: line, area, bars or histogram
         * @return this
         * @throws IllegalArgumentException if it is not that, in one line that says what is allowed
         * @throws IOException if it cannot be read
         */
        public Builder charts(Path file) throws IOException {
            charts = CustomCharts.read(file);
            return this;
        }

        /**
         * Opens the sink and listens.
         *
         * @return the running collector
         * @throws IllegalArgumentException if what was asked for cannot work, in one line that says what is allowed
         * @throws IOException if the sink cannot be opened or the address cannot be listened on, in one line that says why
         */
        public Collector start() throws IOException {
            if (listen.isUnresolved()) {
                throw new IllegalArgumentException("there is no host " + listen.getHostString());
            }
            Listening.requireSafe(listen, tls, access);
            ReportSink opened = sink.open();
            try {
                return new Collector(this, opened);
            } catch (IOException failed) {
                opened.close();
                throw failed;
            }
        }

        private Terms terms() {
            return new Terms(access, keeping, limit, Optional.ofNullable(tls), questions, charts);
        }

        private static ReportSink open(SinkProvider provider, SinkConfig config) throws IOException {
            try {
                return provider.open(config);
            } catch (IllegalArgumentException wrong) {
                throw wrong;
            } catch (RuntimeException | LinkageError broken) {
                throw new IOException(
                        "the sink " + provider.getClass().getName() + " cannot be opened: " + broken, broken);
            }
        }
    }
}
