/** Who may send reports to a collector, who may read them, and how much of them each gets to see. */
@NullMarked
package org.usagestats.server.access;

import org.jspecify.annotations.NullMarked;
