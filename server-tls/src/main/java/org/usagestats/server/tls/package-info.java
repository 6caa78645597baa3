/** How a collector proves who it is: TLS with a key from files that may be renewed, and files of secrets. */
@NullMarked
package org.usagestats.server.tls;

import org.jspecify.annotations.NullMarked;
