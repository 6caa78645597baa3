/** Where a collector keeps reports, and how it asks about them. */
@NullMarked
package org.usagestats.sink;

import org.jspecify.annotations.NullMarked;
