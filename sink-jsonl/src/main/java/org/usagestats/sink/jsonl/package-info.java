/** The JSON Lines sink. */
@NullMarked
package org.usagestats.sink.jsonl;

import org.jspecify.annotations.NullMarked;
