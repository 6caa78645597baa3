/** Reports by columns, for sinks that answer questions without reading each report again. */
module org.usagestats.sink.columns {
    requires static org.jspecify;
    requires transitive org.usagestats.sink;
    requires org.usagestats.sink.kit;

    exports org.usagestats.sink.columns;
}
