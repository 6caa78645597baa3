/**
 * The programs that are measured. Each prints how many nanoseconds its {@code main} spent on what it is measured for; all do,
 * so that printing adds nothing.
 */
@NullMarked
package org.usagestats.benchmarks.programs;

import org.jspecify.annotations.NullMarked;
