package org.usagestats.core;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.usagestats.spi.DrainProcess;

/**
 * Runs {@link DrainMain} by starting the program once more, for packagings without a {@code java} command. Only a program
 * that offers it is started so: any other would do its work a second time.
 */
final class Relaunch {

    /** Notes the offer among the system properties, which all class loaders share. */
    private static final String OFFER = "usagestats.relaunch:" + DrainMain.class.getName();

    /** Where a launcher made by {@code jpackage} says what it is. */
    private static final String PACKAGED = "jpackage.app-path";

    private Relaunch() {}

    /** Drains, and ends this process, if it was started for that; otherwise notes that it could have been. */
    static boolean delivers(String[] args) {
        boolean isDrain = args.length == 2 && args[0].equals(DrainMain.class.getName());
        if (isDrain) {
            DrainMain.main(new String[] {args[1]});
        } else {
            System.setProperty(OFFER, "");
        }
        return isDrain;
    }

    /** Describes the process, or returns null if the program does not offer it, or nobody knows its executable. */
    static @Nullable DrainProcess drainOf(Path directory, Map<String, String> environment) {
        String executable = System.getProperty(OFFER) == null ? null : executable();
        return executable == null
                ? null
                : new DrainProcess(
                        Path.of(executable),
                        List.of(),
                        List.of(),
                        Optional.empty(),
                        DrainMain.class.getName(),
                        directory,
                        environment);
    }

    private static @Nullable String executable() {
        String packaged = System.getProperty(PACKAGED);
        return packaged != null
                ? packaged
                : ProcessHandle.current().info().command().orElse(null);
    }
}
