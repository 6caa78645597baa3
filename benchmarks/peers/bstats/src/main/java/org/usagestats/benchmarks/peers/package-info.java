/** A program that uses another library, to measure what that costs. */
@NullMarked
package org.usagestats.benchmarks.peers;

import org.jspecify.annotations.NullMarked;
