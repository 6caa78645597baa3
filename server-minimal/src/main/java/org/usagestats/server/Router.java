package org.usagestats.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.usagestats.query.Nearest;
import org.usagestats.query.QuestionKind;
import org.usagestats.server.access.Access;
import org.usagestats.server.access.Scope;
import org.usagestats.server.access.SecretLink;
import org.usagestats.server.http.Answer;
import org.usagestats.server.http.Endpoint;
import org.usagestats.server.http.Framing;
import org.usagestats.server.http.Gate;
import org.usagestats.server.http.Refusal;
import org.usagestats.sink.ReceivedReport.Format;
import org.usagestats.sink.ReportSink;

/** Brings each request to its endpoint, and tells the client what an endpoint refuses. */
final class Router implements HttpHandler {

    private static final Logger LOG = System.getLogger(Router.class.getName());
    private static final String API = "/v1/";

    /** What load balancers ask for, by address. */
    private static final String HEALTH = "/health/";

    private static final int LONGEST_URI = 8192;
    private static final List<String> POST = List.of("POST");
    private static final List<String> READ = List.of("GET", "HEAD");
    private static final List<String> ASK = List.of("GET", "HEAD", "POST");

    private static final int SCRAPES_AT_ONCE = 4;

    private final Map<String, Route> routes = new LinkedHashMap<>();
    private final Map<String, Endpoint> pages = new LinkedHashMap<>();
    private final Metrics metrics = new Metrics();
    private final Optional<Endpoint> secretLink;
    private final Endpoint textReports;
    private final Access access;
    private final Gate gate;

    private record Route(List<String> methods, Endpoint endpoint) {}

    Router(ReportSink sink, Terms terms, Gate gate) {
        this.access = terms.access();
        this.gate = gate;
        Intake intake = new Intake(sink, terms, metrics);
        this.textReports = new Ingest(intake, gate, metrics, Format.TEXT);
        routes.put("/v1/on_import", new Route(POST, new Ingest(intake, gate, metrics, Format.JSON)));
        routes.put("/v1/reports", new Route(POST, new Batch(intake, gate, metrics)));
        routes.put("/v1/erasures", new Route(POST, new Erasures(sink, access, gate, metrics)));
        this.secretLink = access.queries() ? Optional.of(secretLink(terms)) : Optional.empty();
        if (access.queries()) {
            Asking asking = new Asking(sink, terms.questions(), metrics);
            routes.put("/v1/query", read(ASK, Scope.VIEW, new QuestionEndpoint(QuestionKind.QUERY, asking, access)));
            routes.put("/v1/count", read(READ, Scope.VIEW, new QuestionEndpoint(QuestionKind.COUNT, asking, access)));
            routes.put("/v1/values", read(READ, Scope.VIEW, new QuestionEndpoint(QuestionKind.VALUES, asking, access)));
            routes.put("/v1/fields", read(READ, Scope.QUERY, new Fields(asking)));
            routes.put("/v1/export", read(READ, Scope.EXPORT, new ExportEndpoint(sink)));
            routes.put("/v1/chart.svg", read(READ, Scope.VIEW, PictureEndpoint.charts(asking, access)));
            routes.put("/v1/badge.svg", read(READ, Scope.VIEW, PictureEndpoint.badges(asking, access)));
            pages.putAll(PageEndpoint.all());
            Endpoint charts = exchange -> Answer.json(terms.charts()).to(exchange);
            pages.put("/ui/charts.json", new Reading(access, Scope.VIEW, gate, charts));
            routes.put("/v1/download/import", read(READ, Scope.EXPORT, new Download(sink)));
        }
        routes.put("/v1/openapi.json", new Route(READ, new OpenApi()));
        routes.put(
                "/health/live",
                new Route(READ, exchange -> Answer.text(200, "live\n").to(exchange)));
        routes.put("/health/ready", new Route(READ, this::serveReady));
        routes.put(
                "/metrics",
                new Route(
                        READ,
                        new Reading(
                                access,
                                Scope.QUERY,
                                new Gate(SCRAPES_AT_ONCE),
                                new Scrape(metrics, gate, sink, terms.tls()))));
    }

    private static Endpoint secretLink(Terms terms) {
        SecretLink link = SecretLink.of(terms.access());
        return terms.tls().isPresent() ? link.secure() : link;
    }

    private Route read(List<String> methods, Scope scope, Endpoint endpoint) {
        return new Route(methods, new Reading(access, scope, gate, endpoint));
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        Framing.endConnectionUnlessPlain(exchange);
        Optional<String> page = access.listedOrigin(exchange);
        page.ifPresent(origin -> CrossOrigin.allow(exchange.getResponseHeaders(), origin));
        try {
            if (page.isPresent() && exchange.getRequestMethod().equals("OPTIONS")) {
                CrossOrigin.answerPreflight(exchange);
            } else {
                route(exchange).serve(exchange);
            }
        } catch (Refusal refusal) {
            metrics.refusedRequest(refusal);
            refusal.problem().to(exchange);
        } catch (IOException broken) {
            breakOff(exchange);
            throw broken;
        } catch (RuntimeException brokenSink) {
            LOG.log(Level.ERROR, "a request failed", brokenSink);
            Answer.problem(500, "the collector failed, its log says why").to(exchange);
        }
    }

    /**
     * Lets no HTTP server end an answer that is not whole as if it were. The JDK's does not; Jetty's closes the exchange, whatever
     * its handler throws, and fails only if that fails.
     */
    private static void breakOff(HttpExchange exchange) {
        exchange.setStreams(exchange.getRequestBody(), new FilterOutputStream(OutputStream.nullOutputStream()) {
            @Override
            public void close() throws IOException {
                throw new IOException("the answer is not whole");
            }
        });
    }

    private Endpoint route(HttpExchange exchange) throws Refusal {
        String path = exchange.getRequestURI().getRawPath();
        if (exchange.getRequestURI().toString().length() > LONGEST_URI) {
            throw Refusal.ofRequest(414, "address too long", "at most " + LONGEST_URI + " characters");
        }
        Framing.requirePlain(exchange);
        if (!path.startsWith(HEALTH)) {
            access.requireHost(exchange);
        }
        Endpoint page = pages.get(path);
        if (page != null && READ.contains(exchange.getRequestMethod())) {
            return page;
        }
        if (secretLink.isPresent()
                && path.startsWith(SecretLink.PREFIX)
                && READ.contains(exchange.getRequestMethod())) {
            return secretLink.get();
        }
        Route route = routes.get(path);
        if (route == null && path.startsWith(API)) {
            throw Refusal.ofRequest(404, "no such address", known(path));
        }
        if (route == null) {
            return textReports;
        }
        return route.methods.contains(exchange.getRequestMethod()) ? route.endpoint : refused -> refuse(refused, route);
    }

    private String known(String path) {
        String meant = Nearest.likely(routes.keySet(), path);
        return (meant.isEmpty() ? "" : "did you mean " + meant + "? ") + "There are "
                + String.join(", ", routes.keySet());
    }

    private static void refuse(HttpExchange exchange, Route route) throws IOException {
        String methods = String.join(", ", route.methods);
        Answer.problem(405, "this address answers " + methods)
                .with("Allow", methods)
                .to(exchange);
    }

    private void serveReady(HttpExchange exchange) throws IOException {
        (gate.isOpen() ? Answer.text(200, "ready\n") : Answer.text(503, "stopping\n")).to(exchange);
    }
}
