/** How a collector speaks HTTP, whatever it is asked: requests read within limits, and answered or refused in one form. */
@NullMarked
package org.usagestats.server.http;

import org.jspecify.annotations.NullMarked;
