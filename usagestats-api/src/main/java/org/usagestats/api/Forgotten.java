package org.usagestats.api;

/**
 * What came of the user's wish to be forgotten.
 *
 * @param asked how many reports the collector is, or will be, asked to erase
 * @param reason where it stands, in a sentence fit to show
 */
public record Forgotten(int asked, String reason) {}
