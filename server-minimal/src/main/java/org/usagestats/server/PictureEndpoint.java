package org.usagestats.server;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.usagestats.dashboard.Badge;
import org.usagestats.dashboard.Chart;
import org.usagestats.dashboard.Mark;
import org.usagestats.dashboard.Page;
import org.usagestats.dashboard.Theme;
import org.usagestats.query.QuestionException;
import org.usagestats.query.QuestionKind;
import org.usagestats.query.QuestionReader;
import org.usagestats.server.access.Access;
import org.usagestats.server.http.Answer;
import org.usagestats.server.http.Endpoint;
import org.usagestats.server.http.EntityTag;
import org.usagestats.server.http.Refusal;
import org.usagestats.sink.Query;
import org.usagestats.sink.QueryResult;
import org.usagestats.sink.Rows;

/** Answers questions with pictures: {@code /v1/chart.svg} and {@code /v1/badge.svg}. */
final class PictureEndpoint implements Endpoint {

    private static final int MOST_ROWS = 10_000;

    private final Asking asking;
    private final Access access;
    private final Set<String> names;
    private final Drawing drawing;

    /** Draws the answer to a question. */
    private interface Drawing {
        String of(OwnParameters address, Query query, QueryResult result) throws Refusal;
    }

    private PictureEndpoint(Asking asking, Access access, Set<String> names, Drawing drawing) {
        this.asking = asking;
        this.access = access;
        this.names = names;
        this.drawing = drawing;
    }

    /** Charts, with {@code mark}, {@code title} and {@code theme} beside the question. */
    static PictureEndpoint charts(Asking asking, Access access) {
        return new PictureEndpoint(asking, access, Set.of("mark", "title", "theme"), PictureEndpoint::chart);
    }

    /** Badges, with {@code label} beside the question. */
    static PictureEndpoint badges(Asking asking, Access access) {
        return new PictureEndpoint(
                asking,
                access,
                Set.of("label"),
                (address, query, result) -> Badge.of(address.own("label").orElse(title(query)), query, result)
                        .draw());
    }

    private static String chart(OwnParameters address, Query query, QueryResult result) throws Refusal {
        Mark mark = address.choice("mark", Mark.class, Mark.BARS);
        Theme theme = address.choice("theme", Theme.class, Theme.LIGHT);
        return new Chart(address.own("title").orElse(title(query)), mark, theme).draw(query, result);
    }

    private static String title(Query query) {
        String metric = query.metrics().get(0).name();
        return query.groupBy().isEmpty()
                ? metric
                : metric + " by "
                        + String.join(
                                ", ", query.columns().subList(0, query.groupBy().size()));
    }

    @Override
    public void serve(HttpExchange exchange) throws Refusal, IOException {
        OwnParameters address = OwnParameters.of(
                names, Optional.ofNullable(exchange.getRequestURI().getRawQuery()));
        Query query = access.view(exchange).of(within(question(address)));
        String form = exchange.getRequestURI().getPath() + " " + new TreeMap<>(address.own());
        Optional<String> tag = asking.tag(query, form);
        if (EntityTag.suffices(exchange, tag)) {
            return;
        }
        String picture = drawing.of(address, query, asking.answer(query).result());
        EntityTag.on(Answer.of("image/svg+xml", picture), tag)
                .with("Content-Security-Policy", Page.PICTURE_POLICY)
                .to(exchange);
    }

    private static Query question(OwnParameters address) throws Refusal {
        try {
            return new QuestionReader(QuestionKind.QUERY, Instant.now())
                    .fromAddress(address.question())
                    .query();
        } catch (QuestionException wrong) {
            throw Misunderstood.refusal(wrong);
        }
    }

    private static Query within(Query query) {
        Rows rows = query.rows();
        return query.withRows(rows.limit(Math.min(MOST_ROWS, rows.limit().orElse(MOST_ROWS))));
    }
}
