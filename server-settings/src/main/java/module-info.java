/** What an operator can set, and where: on the command line, which wins over the environment, which wins over a file. */
module org.usagestats.server.settings {
    requires static org.jspecify;
    requires org.apache.commons.cli;
    requires org.usagestats.query;
    requires org.usagestats.server.records;

    exports org.usagestats.server.settings;
}
