package org.usagestats.sink.files;

import org.usagestats.sink.ReceivedReport;

/** Tells which name to try first for a report: one that is free, if nobody else writes. */
interface FirstNames {

    /** The name to try first; never the same twice. */
    ReportName of(ReceivedReport report);
}
