package org.usagestats.api;

/**
 * What one drain of the spool came to.
 *
 * @param delivered how many reports the collector acknowledged
 * @param rejected how many the collector refused by name, now set aside
 * @param remaining how many wait still
 * @param detail why it ended, in a sentence fit to show
 */
public record Drained(int delivered, int rejected, int remaining, String detail) {}
