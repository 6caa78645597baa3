/**
 * What plug-ins implement, one provider interface a kind, found with {@link java.util.ServiceLoader}.
 *
 * <p>A provider is declared in {@code module-info.java} and in {@code META-INF/services}, has a public constructor without
 * arguments that does nothing, and is chosen by its scheme or name; being present grants it nothing.
 */
@NullMarked
package org.usagestats.spi;

import org.jspecify.annotations.NullMarked;
