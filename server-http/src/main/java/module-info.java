/** How a collector speaks HTTP, whatever it is asked: requests read within limits, and answered or refused in one form. */
module org.usagestats.server.http {
    requires static org.jspecify;
    requires transitive jdk.httpserver;
    requires org.usagestats.server.records;
    requires tools.jackson.core;

    exports org.usagestats.server.http;
}
