/** Disks that fail, and that show what a power cut leaves, for the tests of a sink that keeps reports in files. */
module org.usagestats.sink.testkit {
    requires static org.jspecify;
    requires transitive org.usagestats.sink.kit;

    exports org.usagestats.sink.testkit;
}
