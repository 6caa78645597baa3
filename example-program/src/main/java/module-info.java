/** The program of the README: it says its words aloud, and learns with its user's consent how it is used. */
module org.usagestats.example {
    requires static org.jspecify;
    requires org.apache.commons.cli;
    requires org.usagestats.core;
}
