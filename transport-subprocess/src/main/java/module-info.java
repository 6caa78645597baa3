import org.usagestats.spi.DispatcherProvider;
import org.usagestats.transport.subprocess.DetachedDispatcherProvider;

/**
 * Delivers reports from a process of its own that outlives the program.
 *
 * @uses System.LoggerFinder looked for, and not used: where the program has one, nothing is prepared that would set it up
 * @provides org.usagestats.spi.DispatcherProvider under the name {@code detached}
 */
module org.usagestats.transport.subprocess {
    requires static org.jspecify;
    requires org.usagestats.api;

    uses System.LoggerFinder;

    provides DispatcherProvider with
            DetachedDispatcherProvider;
}
