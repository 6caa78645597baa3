/**
 * What a collector and its sinks share: the reports received, the question and its answer, and what a plug-in for a sink
 * implements.
 *
 * <p>A sink depends on this module alone; {@code org.usagestats.sink.kit} has parts to build one from.
 */
module org.usagestats.sink {
    requires static org.jspecify;
    requires transitive org.usagestats.api;

    exports org.usagestats.sink;
}
