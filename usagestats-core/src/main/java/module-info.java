/**
 * The client: the user's consent, the spool of reports on this machine, and the drain that delivers them.
 *
 * @uses org.usagestats.spi.TransportProvider chosen by the scheme of the drop point, when a drain begins
 * @uses org.usagestats.spi.DispatcherProvider chosen by name, when something is due
 * @uses org.usagestats.spi.ConsentStoreProvider chosen by name
 * @uses org.usagestats.spi.FlagProvider chosen by name
 */
module org.usagestats.core {
    requires static org.jspecify;
    requires transitive org.usagestats.api;

    uses org.usagestats.spi.ConsentStoreProvider;
    uses org.usagestats.spi.DispatcherProvider;
    uses org.usagestats.spi.FlagProvider;
    uses org.usagestats.spi.TransportProvider;

    exports org.usagestats.core;
}
