package org.usagestats.server;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.usagestats.query.AnswerFormat;
import org.usagestats.query.QueryAnswer;
import org.usagestats.query.Question;
import org.usagestats.query.QuestionException;
import org.usagestats.query.QuestionKind;
import org.usagestats.query.QuestionReader;
import org.usagestats.server.access.Access;
import org.usagestats.server.access.View;
import org.usagestats.server.http.Answer;
import org.usagestats.server.http.Body;
import org.usagestats.server.http.Endpoint;
import org.usagestats.server.http.EntityTag;
import org.usagestats.server.http.Refusal;
import org.usagestats.sink.Query;
import org.usagestats.sink.Rows;

/** Answers questions of a kind: the parameters of an address or, by POST, a JSON object. */
final class QuestionEndpoint implements Endpoint {

    private static final Body.Cap CAP = new Body.Cap("question", 256 * 1024);
    private static final int MEMORY = 4 * 1024 * 1024;
    private static final int ROWS = 10_000;
    private static final int MOST_ROWS = 100_000;

    private final Semaphore memory = new Semaphore(MEMORY);
    private final QuestionKind kind;
    private final Asking asking;
    private final Access access;

    QuestionEndpoint(QuestionKind kind, Asking asking, Access access) {
        this.kind = kind;
        this.asking = asking;
        this.access = access;
    }

    @Override
    public void serve(HttpExchange exchange) throws Refusal, IOException {
        Question question = question(exchange);
        AnswerFormat format = question.format().isPresent()
                ? question.format().get()
                : Accepted.format(exchange, List.of(AnswerFormat.values()));
        View view = access.view(exchange);
        Query query = view.of(within(question.query()));
        String form = kind + " " + format + (view.isWhole() ? "" : " view");
        Optional<String> tag = asking.tag(query, form);
        if (EntityTag.suffices(exchange, tag)) {
            return;
        }
        QueryAnswer answer = view.of(asking.answer(query));
        Answer reply = EntityTag.on(Answer.of(format.mediaType(), text(format, answer)), tag);
        Optional<String> next = answer.next().map(after -> PageLink.next(exchange.getRequestURI(), query, after));
        boolean linked = next.isPresent() && !exchange.getRequestMethod().equals("POST");
        (linked ? reply.with("Link", next.get()) : reply).to(exchange);
    }

    private Question question(HttpExchange exchange) throws Refusal, IOException {
        QuestionReader reader = new QuestionReader(kind, Instant.now());
        String parameters =
                Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse("");
        try {
            if (!exchange.getRequestMethod().equals("POST")) {
                return reader.fromAddress(parameters);
            }
            if (!parameters.isEmpty()) {
                throw Refusal.ofRequest(
                        400, "a question by POST has no parameters", "it is the JSON object in the body");
            }
            try (Body body = Body.read(exchange, CAP, memory)) {
                return reader.fromJson(new String(body.bytes(), StandardCharsets.UTF_8));
            }
        } catch (QuestionException wrong) {
            throw Misunderstood.refusal(wrong);
        }
    }

    /** The question for no more rows than a page has. */
    private Query within(Query query) {
        Rows rows = query.rows();
        if (kind != QuestionKind.COUNT) {
            rows = rows.limit(Math.min(MOST_ROWS, rows.limit().orElse(ROWS)));
        }
        return query.withRows(rows);
    }

    private String text(AnswerFormat format, QueryAnswer answer) {
        return kind == QuestionKind.COUNT && format == AnswerFormat.JSON
                ? CountAnswer.json(answer)
                : format.write(answer);
    }
}
