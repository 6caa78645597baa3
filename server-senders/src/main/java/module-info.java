/** Who sends to a collector: past which proxies, with how much of an address, and how often. */
module org.usagestats.server.senders {
    requires static org.jspecify;

    exports org.usagestats.server.senders;
}
