/** Programs that answer questions, each in a JVM of its own. */
@NullMarked
package org.usagestats.benchmarks.queries.programs;

import org.jspecify.annotations.NullMarked;
