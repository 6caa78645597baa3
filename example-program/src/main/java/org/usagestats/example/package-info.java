/** The program of the README. */
@NullMarked
package org.usagestats.example;

import org.jspecify.annotations.NullMarked;
