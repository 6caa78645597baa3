package org.usagestats.transport.http;

import java.io.IOException;
import java.net.ConnectException;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.usagestats.api.Erasure;
import org.usagestats.api.Report;
import org.usagestats.spi.Delivery;
import org.usagestats.spi.Delivery.Answer;
import org.usagestats.spi.Transport;
import org.usagestats.spi.TransportConfig;

/**
 * Posts one report after another to a drop point, and wishes for erasure to {@code v1/erasures} beside it, over one
 * connection where the collector keeps it open.
 */
final class HttpTransport implements Transport {

    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(2);

    private final URI dropPoint;

    /** What a proxy is told of the user, if anything. */
    private final Optional<String> login;

    private final StoppableClient client;
    private volatile boolean closed;
    private volatile CompletableFuture<?> underWay = CompletableFuture.completedFuture(null);

    private HttpTransport(URI dropPoint, Optional<String> login, StoppableClient client) {
        this.dropPoint = dropPoint;
        this.login = login;
        this.client = client;
    }

    /** Opens a transport in a process with these environment variables. */
    static HttpTransport open(TransportConfig config, Map<String, String> environment) throws IOException {
        URI dropPoint = DropPoint.checked(config);
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT_LIMIT);
        Optional<ProxySelector> proxy = EnvironmentProxy.choose(dropPoint, environment);
        proxy.ifPresent(builder::proxy);
        if (config.certificateAuthority().isPresent()) {
            builder.sslContext(
                    CertificateAuthority.trustOnly(config.certificateAuthority().get()));
        }
        Optional<String> login = ProxyLogin.header(dropPoint, environment, proxy);
        return new HttpTransport(dropPoint, login, new StoppableClient(builder));
    }

    @Override
    public Delivery deliver(Report report, Duration limit) {
        HttpRequest.Builder request = post(dropPoint, report.content())
                .header("Usagestats-Report-Id", report.id().toString());
        report.eraseHash().ifPresent(hash -> request.header("Usagestats-Erase", hash));
        return exchange(request.build(), limit, response -> AnswerTable.ofReport(response, report.id()));
    }

    @Override
    public Delivery erase(List<Erasure> erasures, Duration limit) {
        StringBuilder lines = new StringBuilder();
        for (Erasure erasure : erasures) {
            lines.append(erasure.line()).append('\n');
        }
        byte[] body = lines.toString().getBytes(StandardCharsets.UTF_8);
        HttpRequest request = post(DropPoint.erasures(dropPoint), body).build();
        return exchange(request, limit, response -> AnswerTable.ofErasures(response, erasures.size()));
    }

    private HttpRequest.Builder post(URI url, byte[] body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(url)
                .header("Content-Type", "text/plain; charset=utf-8")
                .header("User-Agent", UserAgent.name())
                .POST(BodyPublishers.ofByteArray(body));
        login.ifPresent(told -> request.header("Proxy-Authorization", told));
        return request;
    }

    private Delivery exchange(HttpRequest request, Duration limit, Function<HttpResponse<byte[]>, Delivery> table) {
        if (closed) {
            return unanswered("the transport is closed");
        }
        CompletableFuture<HttpResponse<byte[]>> exchange = client.send(request);
        underWay = exchange;
        if (closed) {
            exchange.cancel(true);
        }
        try {
            return table.apply(exchange.get(limit.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException late) {
            return unanswered("no whole answer within " + limit.toMillis() + " ms");
        } catch (CancellationException closing) {
            return unanswered("the transport was closed");
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return unanswered("interrupted");
        } catch (ExecutionException failure) {
            return unanswered(OneLine.of(told(failure.getCause())));
        } finally {
            exchange.cancel(true);
        }
    }

    /** Of a connection that was refused, or a name that nobody knows, the JDK tells nothing but the kind of exception. */
    private String told(@Nullable Throwable cause) {
        boolean isRefused = cause instanceof ConnectException && cause.getMessage() == null;
        return isRefused ? "nobody can be reached at " + dropPoint.getRawAuthority() : "no answer: " + cause;
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
