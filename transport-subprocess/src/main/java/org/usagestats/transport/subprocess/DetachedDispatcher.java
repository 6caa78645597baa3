package org.usagestats.transport.subprocess;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.usagestats.spi.Dispatcher;
import org.usagestats.spi.DrainProcess;

/** Starts drain processes that nothing ties to this one. */
class DetachedDispatcher implements Dispatcher {

    private final boolean onWindows;

    DetachedDispatcher(boolean onWindows) {
        this.onWindows = onWindows;
    }

    /**
     * Starts a shell that ends at once: the JDK loads most of what it needs to start a process only while it does. Newer JDKs
     * look up a logger on the way, so this is left out where it would set up the program's own logging before its time.
     */
    @Override
    public void prepare(DrainProcess process) {
        if (onWindows || hasLoggingOfItsOwn()) {
            return;
        }
        try {
            run(builder(process, DrainCommand.ofNothing(process)));
        } catch (IOException shownByStart) {
            return;
        }
    }

    @Override
    public void start(DrainProcess process) throws IOException {
        if (!process.java().toFile().canExecute()) {
            throw new IOException("there is no java command at " + process.java());
        }
        run(builder(process, onWindows ? DrainCommand.onWindows(process) : DrainCommand.onPosix(process)));
    }

    void run(ProcessBuilder builder) throws IOException {
        builder.start();
    }

    private ProcessBuilder builder(DrainProcess process, List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.directory(process.spool().toFile());
        builder.redirectInput(Redirect.from(new File(onWindows ? "NUL" : "/dev/null")));
        builder.redirectOutput(Redirect.DISCARD);
        builder.redirectError(Redirect.DISCARD);
        Map<String, String> environment = builder.environment();
        environment.clear();
        environment.putAll(process.environment());
        return builder;
    }

    private static boolean hasLoggingOfItsOwn() {
        return System.getProperty("java.util.logging.manager") != null
                || System.getProperty("java.util.logging.config.class") != null
                || System.getProperty("java.util.logging.config.file") != null
                || ServiceLoader.load(System.LoggerFinder.class, ClassLoader.getSystemClassLoader()).stream()
                        .findAny()
                        .isPresent();
    }
}
