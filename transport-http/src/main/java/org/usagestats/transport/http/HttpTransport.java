package org.usagestats.transport.http;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.usagestats.api.Report;
import org.usagestats.spi.Delivery;
import org.usagestats.spi.Delivery.Answer;
import org.usagestats.spi.Transport;
import org.usagestats.spi.TransportConfig;

/** Posts one report after another to a drop point, over one connection where the collector keeps it open. */
final class HttpTransport implements Transport {

    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(2);

    private final URI dropPoint;
    private final StoppableClient client;
    private volatile boolean closed;
    private volatile CompletableFuture<?> underWay = CompletableFuture.completedFuture(null);

    private HttpTransport(URI dropPoint, StoppableClient client) {
        this.dropPoint = dropPoint;
        this.client = client;
    }

    /** Opens a transport in a process with these environment variables. */
    static HttpTransport open(TransportConfig config, Map<String, String> environment) throws IOException {
        URI dropPoint = DropPoint.checked(config);
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT_LIMIT);
        EnvironmentProxy.choose(dropPoint, environment).ifPresent(builder::proxy);
        if (config.certificateAuthority().isPresent()) {
            builder.sslContext(
                    CertificateAuthority.trustOnly(config.certificateAuthority().get()));
        }
        return new HttpTransport(dropPoint, new StoppableClient(builder));
    }

    @Override
    public Delivery deliver(Report report, Duration limit) {
        if (closed) {
            return unanswered("the transport is closed");
        }
        CompletableFuture<HttpResponse<byte[]>> exchange = client.send(request(report));
        underWay = exchange;
        if (closed) {
            exchange.cancel(true);
        }
        try {
            return AnswerTable.read(exchange.get(limit.toMillis(), TimeUnit.MILLISECONDS), report.id());
        } catch (TimeoutException late) {
            return unanswered("no whole answer within " + limit.toMillis() + " ms");
        } catch (CancellationException closing) {
            return unanswered("the transport was closed");
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return unanswered("interrupted");
        } catch (ExecutionException failure) {
            return unanswered(OneLine.of("no answer: " + failure.getCause()));
        } finally {
            exchange.cancel(true);
        }
    }

    private HttpRequest request(Report report) {
        return HttpRequest.newBuilder(dropPoint)
                .header("Content-Type", "text/plain; charset=utf-8")
                .header("Usagestats-Report-Id", report.id().toString())
                .header("User-Agent", UserAgent.name())
                .POST(BodyPublishers.ofByteArray(report.content()))
                .build();
    }

    private static Delivery unanswered(String detail) {
        return Delivery.of(Answer.UNANSWERED, detail);
    }

    @Override
    public void close() {
        closed = true;
        underWay.cancel(true);
        client.stop();
    }
}
