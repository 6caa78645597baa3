/** The detached dispatch. */
@NullMarked
package org.usagestats.transport.subprocess;

import org.jspecify.annotations.NullMarked;
