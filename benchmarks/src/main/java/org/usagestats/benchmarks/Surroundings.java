package org.usagestats.benchmarks;

/**
 * What programs are run in.
 *
 * @param built their jars
 * @param server what they send to
 * @param stopwatch runs them
 * @param spools their directories
 */
record Surroundings(Built built, LocalServer server, Stopwatch stopwatch, Spools spools) {}
