/** The client: how a program opens its usage statistics. */
@NullMarked
package org.usagestats.core;

import org.jspecify.annotations.NullMarked;
