/**
 * Contracts of the plug-in kinds: inherit a contract, hand it your implementation, run it with JUnit.
 *
 * <p>And for a program's own tests: {@link org.usagestats.testkit.LeakCheck},
 * {@link org.usagestats.testkit.RecordingUsageStats}, {@link org.usagestats.testkit.SwitchedOffInTests}.
 */
@NullMarked
package org.usagestats.testkit;

import org.jspecify.annotations.NullMarked;
