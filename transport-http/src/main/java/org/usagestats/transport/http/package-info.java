/** The HTTP transport. */
@NullMarked
package org.usagestats.transport.http;

import org.jspecify.annotations.NullMarked;
