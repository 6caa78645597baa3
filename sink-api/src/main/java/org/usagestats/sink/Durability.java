package org.usagestats.sink;

/** What it means that a sink has kept a report. */
public enum Durability {
    /** It survives a power cut: the disk has confirmed it. */
    ALWAYS,
    /** It survives the end of the process; a power cut may cost the last second. */
    INTERVAL,
    /** It survives the end of the process; when it reaches the disk is the operating system's decision. */
    OS
}
