/** The grammar of questions, in addresses and in JSON, and the forms of their answers. */
@NullMarked
package org.usagestats.query;

import org.jspecify.annotations.NullMarked;
