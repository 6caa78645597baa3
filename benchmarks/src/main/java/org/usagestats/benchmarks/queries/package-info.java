/** Measures what an answer takes, beside databases and scripts that are asked the same. */
@NullMarked
package org.usagestats.benchmarks.queries;

import org.jspecify.annotations.NullMarked;
