/** The page that shows a collector's reports, and charts and badges as pictures. */
module org.usagestats.dashboard {
    requires static org.jspecify;
    requires transitive org.usagestats.sink;

    exports org.usagestats.dashboard;
}
