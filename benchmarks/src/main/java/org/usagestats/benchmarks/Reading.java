package org.usagestats.benchmarks;

/**
 * What one run of a program cost, in milliseconds.
 *
 * @param wall from before its start until its end was seen
 * @param cpu of its process and of those it waited for; not a number where the system does not tell
 * @param inside what the program itself measured; not a number for another library's
 * @param arrived how many requests of it the server answered
 */
record Reading(double wall, double cpu, double inside, int arrived) {}
