/** What a sink keeps, taken out of files and into files: imported, exported, followed, verified. */
module org.usagestats.server.records {
    requires static org.jspecify;
    requires transitive org.usagestats.sink;
    requires org.usagestats.query;
    requires tools.jackson.core;

    exports org.usagestats.server.records;
}
