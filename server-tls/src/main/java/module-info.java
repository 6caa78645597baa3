/** How a collector proves who it is: TLS with a key from files that may be renewed, and files of secrets. */
module org.usagestats.server.tls {
    requires static org.jspecify;

    exports org.usagestats.server.tls;
}
