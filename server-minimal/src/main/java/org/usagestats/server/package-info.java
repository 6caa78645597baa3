/** The collector. */
@NullMarked
package org.usagestats.server;

import org.jspecify.annotations.NullMarked;
