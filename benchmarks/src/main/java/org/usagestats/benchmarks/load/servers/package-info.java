/** The servers and sinks that the collector is measured beside. */
@NullMarked
package org.usagestats.benchmarks.load.servers;

import org.jspecify.annotations.NullMarked;
