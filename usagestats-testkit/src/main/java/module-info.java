/** Contract suites for transports, dispatchers and sinks: what every implementation must do, as JUnit tests to inherit. */
module org.usagestats.testkit {
    requires static transitive org.jspecify;
    requires transitive org.usagestats.api;
    requires transitive org.junit.jupiter.api;
    requires transitive org.assertj.core;

    exports org.usagestats.testkit;

    // JUnit calls the tests of a contract, which are not public.
    opens org.usagestats.testkit to
            org.junit.platform.commons;
}
