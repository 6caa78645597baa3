/** Measures what the client costs whole programs, in processes of their own, beside other libraries. */
@NullMarked
package org.usagestats.benchmarks;

import org.jspecify.annotations.NullMarked;
