/** The grammar of questions, in addresses and in JSON, and the forms of their answers. */
module org.usagestats.query {
    requires static org.jspecify;
    requires transitive org.usagestats.sink;
    requires tools.jackson.core;

    exports org.usagestats.query;
}
