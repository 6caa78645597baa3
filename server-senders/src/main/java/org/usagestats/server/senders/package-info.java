/** Who sends to a collector: past which proxies, with how much of an address, and how often. */
@NullMarked
package org.usagestats.server.senders;

import org.jspecify.annotations.NullMarked;
