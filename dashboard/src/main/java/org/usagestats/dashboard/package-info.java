/** Shows what a collector has been sent: as a page for browsers, and as pictures. */
@NullMarked
package org.usagestats.dashboard;

import org.jspecify.annotations.NullMarked;
