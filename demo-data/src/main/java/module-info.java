/** A believable year of reports of a program that does not exist, for demonstrations and tests. */
module org.usagestats.demo {
    requires static org.jspecify;

    exports org.usagestats.demo;
}
