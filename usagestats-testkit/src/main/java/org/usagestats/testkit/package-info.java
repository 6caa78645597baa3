/** Contracts of the plug-in kinds: inherit a contract, hand it your implementation, run it with JUnit. */
@NullMarked
package org.usagestats.testkit;

import org.jspecify.annotations.NullMarked;
