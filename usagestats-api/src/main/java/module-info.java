/**
 * The words of usage statistics: what a program or a library records, what a plug-in implements, and the text format in
 * which reports travel.
 *
 * <p>Programs depend on {@code org.usagestats.core}, libraries and plug-ins on this module alone.
 */
module org.usagestats.api {
    requires static org.jspecify;

    exports org.usagestats.api;
    exports org.usagestats.spi;
}
