/**
 * Keeps each report in a file of its own.
 *
 * @provides org.usagestats.spi.SinkProvider under the name {@code files}
 */
module org.usagestats.sink.files {
    requires static org.jspecify;
    requires org.usagestats.api;
    requires org.usagestats.sink.kit;

    provides org.usagestats.spi.SinkProvider with
            org.usagestats.sink.files.FilesSinkProvider;
}
