/** Disks for the tests of a sink that keeps reports in files by way of {@link org.usagestats.sink.kit.Disk}. */
@NullMarked
package org.usagestats.sink.testkit;

import org.jspecify.annotations.NullMarked;
