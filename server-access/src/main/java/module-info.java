/** Who may send reports to a collector, who may read them, and how much of them each gets to see. */
module org.usagestats.server.access {
    requires static org.jspecify;
    requires transitive org.usagestats.query;
    requires transitive org.usagestats.server.http;
    requires transitive org.usagestats.sink;
    requires org.usagestats.server.senders;
    requires org.usagestats.server.tls;

    exports org.usagestats.server.access;
}
