/**
 * The collector: takes reports in over HTTP, keeps them in a sink, and answers questions about them.
 *
 * @uses org.usagestats.sink.SinkProvider chosen by name, also from the {@code plugins} directory of the distribution
 */
module org.usagestats.server {
    requires static org.jspecify;
    requires transitive org.usagestats.server.access;
    requires transitive org.usagestats.server.senders;
    requires transitive org.usagestats.server.tls;
    requires transitive org.usagestats.sink;
    requires java.logging;
    requires jdk.httpserver;
    requires org.usagestats.dashboard;
    requires org.usagestats.query;
    requires org.usagestats.server.http;
    requires org.usagestats.server.records;
    requires org.usagestats.server.settings;
    requires tools.jackson.core;

    exports org.usagestats.server;

    uses org.usagestats.sink.SinkProvider;
}
