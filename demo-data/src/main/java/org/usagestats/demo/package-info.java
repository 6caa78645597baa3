/** Makes up reports. */
@NullMarked
package org.usagestats.demo;

import org.jspecify.annotations.NullMarked;
