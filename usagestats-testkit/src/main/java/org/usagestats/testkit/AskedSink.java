package org.usagestats.testkit;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.usagestats.sink.Dimension;
import org.usagestats.sink.Durability;
import org.usagestats.sink.Filter;
import org.usagestats.sink.Metric;
import org.usagestats.sink.Operator;
import org.usagestats.sink.Query;
import org.usagestats.sink.QueryableSink;
import org.usagestats.sink.ReceivedReport;
import org.usagestats.sink.SinkConfig;
import org.usagestats.sink.SinkProvider;
import org.usagestats.sink.Span;

/** A sink that is opened before each test and asked questions about the reports that are stored in it. */
abstract class AskedSink {

    static final Metric COUNT = new Metric.Count();
    static final Metric USERS = new Metric.Distinct("user");
    static final Dimension WEEK = new Dimension.Time(Span.WEEK);

    /** When the first report is received. */
    final Instant start = Instant.now().minusSeconds(60).truncatedTo(ChronoUnit.MILLIS);

    QueryableSink sink;
    private int stored;

    /**
     * Makes the provider to test.
     *
     * @return a new provider
     */
    protected abstract SinkProvider provider();

    /**
     * Names a place where the sink keeps nothing yet.
     *
     * @return the location, the same for all calls within one test
     */
    protected abstract String location();

    @BeforeEach
    void open() throws IOException {
        sink = (QueryableSink) provider().open(new SinkConfig(location(), Durability.OS, "node1", Map.of()));
    }

    @AfterEach
    void close() throws IOException {
        sink.close();
    }

    static Dimension field(String path) {
        return new Dimension.Field(path);
    }

    static Filter test(String path, Operator operator, String operand) {
        return new Filter.Test(field(path), operator, List.of(operand));
    }

    static String made(String time) {
        return "'date':" + BigDecimal.valueOf(Instant.parse(time).toEpochMilli(), 3);
    }

    /** Stores JSON reports, a second apart, given without braces and with apostrophes for quotation marks. */
    void store(String... fields) throws IOException {
        List<ReceivedReport> reports = new ArrayList<>();
        for (String each : fields) {
            reports.add(ReceivedReports.json(start.plusMillis(1000L * stored++), each.replace('\'', '"'))
                    .build());
        }
        sink.append(reports);
    }

    List<List<Object>> texts(Query query) throws IOException {
        return sink.query(query).texts();
    }
}
