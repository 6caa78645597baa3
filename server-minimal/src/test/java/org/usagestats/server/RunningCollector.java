package org.usagestats.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.usagestats.sink.ReportSink;

/** A collector that runs during each test of a class, and what the class does before and after each. */
final class RunningCollector implements BeforeEachCallback, AfterEachCallback {

    private final Collector.Builder builder;
    private Collector collector;

    RunningCollector(ReportSink sink) {
        this(Collector.builder().sink(sink));
    }

    RunningCollector(Collector.Builder builder) {
        this.builder = builder;
    }

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        collector = builder.start();
    }

    @Override
    public void afterEach(ExtensionContext context) throws IOException {
        collector.close();
    }

    InetSocketAddress address() {
        return collector.address();
    }
}
