import org.usagestats.spi.DispatcherProvider;
import org.usagestats.transport.subprocess.DetachedDispatcherProvider;

/**
 * Delivers reports from a process of its own that outlives the program.
 *
 * @provides org.usagestats.spi.DispatcherProvider under the name {@code detached}
 */
module org.usagestats.transport.subprocess {
    requires static org.jspecify;
    requires org.usagestats.api;

    provides DispatcherProvider with
            DetachedDispatcherProvider;
}
