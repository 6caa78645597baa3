package org.usagestats.testkit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.usagestats.spi.DispatcherProvider;

/**
 * The program of {@link DispatcherContract} that starts a drain process and then waits to be ended: its arguments are the
 * class of the provider and the spool.
 */
final class DispatchingProgram {

    private static final Duration LIFE = Duration.ofSeconds(60);

    private DispatchingProgram() {}

    public static void main(String[] arguments) throws Exception {
        DispatcherProvider provider = Class.forName(arguments[0])
                .asSubclass(DispatcherProvider.class)
                .getDeclaredConstructor()
                .newInstance();
        Path spool = Path.of(arguments[1]);
        provider.open().start(SeenProcess.over(spool, Map.of()));
        Await.until("the test ends the program", LIFE, () -> Files.exists(spool.resolve("program-end")));
    }
}
