package org.usagestats.transport.subprocess;

import java.io.File;
import org.usagestats.spi.Dispatcher;
import org.usagestats.spi.DispatcherProvider;

/**
 * Provides the dispatch to a detached process: one that survives the end of the program, however it ends, Ctrl-C, and
 * the closing of the terminal.
 *
 * <p>On Linux, macOS and other POSIX systems a shell starts the process in the background and ends at once. On Windows
 * the process is started directly, without a console; that way is covered by tests of the command line only.
 */
public final class DetachedDispatcherProvider implements DispatcherProvider {

    /** Creates the provider. */
    public DetachedDispatcherProvider() {}

    @Override
    public String name() {
        return "detached";
    }

    @Override
    public Dispatcher open() {
        return new DetachedDispatcher(File.separatorChar == '\\');
    }
}
