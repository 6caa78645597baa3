/** What sinks are built from: the disk, the id window, reading of canonical JSON, and the plain evaluation of queries. */
module org.usagestats.sink.kit {
    requires static org.jspecify;
    requires transitive org.usagestats.sink;
    requires tools.jackson.core;

    exports org.usagestats.sink.kit;
}
