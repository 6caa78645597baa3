/** The files sink. */
@NullMarked
package org.usagestats.sink.files;

import org.jspecify.annotations.NullMarked;
