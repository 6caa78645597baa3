/** What sinks are built from. */
@NullMarked
package org.usagestats.sink.kit;

import org.jspecify.annotations.NullMarked;
