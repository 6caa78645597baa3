/** Measures how many reports a collector takes in, beside other servers under the same load. */
@NullMarked
package org.usagestats.benchmarks.load;

import org.jspecify.annotations.NullMarked;
