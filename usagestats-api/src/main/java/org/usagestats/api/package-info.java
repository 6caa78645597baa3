/** What programs and libraries write against: notes, flags, reports, and the user's consent. */
@NullMarked
package org.usagestats.api;

import org.jspecify.annotations.NullMarked;
