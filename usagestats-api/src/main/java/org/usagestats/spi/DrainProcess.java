package org.usagestats.spi;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A Java process that drains one spool, described so that a dispatcher can start it without knowing what it runs.
 *
 * @param java the {@code java} command; or, with neither a class path nor a module, the program's own executable, which takes
 *     the main class as its first argument and no options of a JVM
 * @param classPath what goes on the class path, possibly nothing
 * @param modulePath what goes on the module path, possibly nothing
 * @param mainModule the module of the main class, if it is in a named one
 * @param mainClass the main class
 * @param spool the spool's directory: the main class's one argument, the executable's second, and the working directory
 * @param environment the whole environment of the process
 */
public record DrainProcess(
        Path java,
        List<String> classPath,
        List<String> modulePath,
        Optional<String> mainModule,
        String mainClass,
        Path spool,
        Map<String, String> environment) {

    /**
     * Whether the program's own executable is to be started.
     *
     * @return false if it is a {@code java} command
     */
    public boolean isRelaunch() {
        return classPath.isEmpty() && mainModule.isEmpty();
    }
}
