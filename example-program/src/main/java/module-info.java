/** The program of the README. */
module org.usagestats.example {
    requires static org.jspecify;
    requires org.usagestats.core;
}
