/**
 * Contract suites for transports, dispatchers and sinks: what every implementation must do, as JUnit tests to inherit. And
 * what the author of a program needs for its tests: usage statistics that only remember, and the leak check.
 */
module org.usagestats.testkit {
    requires static org.jspecify;
    // For the one class that JUnit itself calls, if a program's tests name it.
    requires static org.junit.platform.launcher;
    requires transitive org.usagestats.api;
    requires transitive org.usagestats.sink;
    requires transitive org.junit.jupiter.api;
    requires transitive org.assertj.core;

    exports org.usagestats.testkit;

    // JUnit calls the tests of a contract, which are not public.
    opens org.usagestats.testkit to
            org.junit.platform.commons;
}
