/**
 * Keeps each report in a file of its own.
 *
 * @provides org.usagestats.sink.SinkProvider under the name {@code files}
 */
module org.usagestats.sink.files {
    requires static org.jspecify;
    requires org.usagestats.sink;
    requires org.usagestats.sink.kit;

    provides org.usagestats.sink.SinkProvider with
            org.usagestats.sink.files.FilesSinkProvider;
}
