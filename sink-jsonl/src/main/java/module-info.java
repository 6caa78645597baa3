/**
 * Keeps reports in checksummed JSON Lines files, durable by group commit.
 *
 * @provides org.usagestats.sink.SinkProvider under the name {@code jsonl}
 */
module org.usagestats.sink.jsonl {
    requires static org.jspecify;
    requires org.usagestats.sink;
    requires org.usagestats.sink.columns;
    requires org.usagestats.sink.kit;

    provides org.usagestats.sink.SinkProvider with
            org.usagestats.sink.jsonl.JsonlSinkProvider;
}
