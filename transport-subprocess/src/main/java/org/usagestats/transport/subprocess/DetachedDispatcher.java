package org.usagestats.transport.subprocess;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.Map;
import org.usagestats.spi.Dispatcher;
import org.usagestats.spi.DrainProcess;

/** Starts drain processes that nothing ties to this one. */
final class DetachedDispatcher implements Dispatcher {

    @Override
    public void start(DrainProcess process) throws IOException {
        if (!process.java().toFile().canExecute()) {
            throw new IOException("there is no java command at " + process.java());
        }
        boolean windows = File.separatorChar == '\\';
        ProcessBuilder builder =
                new ProcessBuilder(windows ? DrainCommand.onWindows(process) : DrainCommand.onPosix(process));
        builder.directory(process.spool().toFile());
        builder.redirectInput(Redirect.from(new File(windows ? "NUL" : "/dev/null")));
        builder.redirectOutput(Redirect.DISCARD);
        builder.redirectError(Redirect.DISCARD);
        Map<String, String> environment = builder.environment();
        environment.clear();
        environment.putAll(process.environment());
        builder.start();
    }
}
