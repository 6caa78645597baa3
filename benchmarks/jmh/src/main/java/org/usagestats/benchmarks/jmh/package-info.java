/** What the client costs in a JVM that is warm. */
@NullMarked
package org.usagestats.benchmarks.jmh;

import org.jspecify.annotations.NullMarked;
