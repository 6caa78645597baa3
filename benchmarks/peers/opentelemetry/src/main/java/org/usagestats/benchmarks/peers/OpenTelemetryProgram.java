package org.usagestats.benchmarks.peers;

import io.opentelemetry.api.logs.LogRecordBuilder;
import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporter;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.export.BatchLogRecordProcessor;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Starts, records one log record, sends it by OpenTelemetry's OTLP over HTTP, and exits. */
final class OpenTelemetryProgram {

    private static final Map<String, String> EVENT = Map.of(
            "mode", "compatibility",
            "what", "Ran the program",
            "architecture", "x86_64",
            "distribution", "debian;12",
            "system", "Linux;6.1",
            "java", "17;0;15;Debian",
            "session_time", "0.100");

    private OpenTelemetryProgram() {}

    /**
     * Runs the program.
     *
     * @param args the URL of a server of this machine
     */
    public static void main(String[] args) {
        OtlpHttpLogRecordExporter exporter = OtlpHttpLogRecordExporter.builder()
                .setEndpoint(args[0] + "/v1/logs")
                .build();
        SdkLoggerProvider provider = SdkLoggerProvider.builder()
                .addLogRecordProcessor(BatchLogRecordProcessor.builder(exporter).build())
                .build();
        LogRecordBuilder log = provider.get("cool-program").logRecordBuilder().setBody("run");
        EVENT.forEach(log::setAttribute);
        log.emit();
        provider.forceFlush().join(5, TimeUnit.SECONDS);
        provider.close();
        System.exit(0);
    }
}
