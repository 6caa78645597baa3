package org.usagestats.server;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.usagestats.query.AnswerFormat;
import org.usagestats.query.Fault;
import org.usagestats.query.QueryAnswer;
import org.usagestats.query.Question;
import org.usagestats.query.QuestionException;
import org.usagestats.query.QuestionKind;
import org.usagestats.query.QuestionReader;
import org.usagestats.server.settings.Setting;
import org.usagestats.server.settings.SettingException;
import org.usagestats.server.settings.Settings;
import org.usagestats.sink.AnsweringSinkProvider;
import org.usagestats.sink.QueryLimits;
import org.usagestats.sink.QueryResult;
import org.usagestats.sink.SinkConfig;

/** Answers a question about a sink without a collector: {@code usagestats-server query SINK QUESTION}. */
final class QueryCommand {

    private final Settings settings;
    private final PrintStream out;
    private final PrintStream err;

    QueryCommand(Settings settings, PrintStream out, PrintStream err) {
        this.settings = settings;
        this.out = out;
        this.err = err;
    }

    /**
     * Prints the answer.
     *
     * @throws SettingException if the question is not understood
     * @throws IOException if the reports cannot be read, or nobody takes the answer
     */
    void run(AnsweringSinkProvider provider, SinkConfig config) throws SettingException, IOException {
        Instant now = Instant.now();
        Question question =
                question(settings.words().size() > 1 ? settings.words().get(1) : "", now);
        AnswerFormat format = format(question);
        QueryResult result = provider.query(config, question.query(), QueryLimits.NONE);
        QueryAnswer answer =
                new QueryAnswer(question.query(), result, now, Duration.between(now, Instant.now()), List.of());
        new CheckedOutput(out).write(format.write(answer).getBytes(StandardCharsets.UTF_8));
        if (format == AnswerFormat.TABLE) {
            err.println(summary(result.coverage()));
        }
    }

    private static Question question(String text, Instant now) throws SettingException {
        QuestionReader reader = new QuestionReader(QuestionKind.QUERY, now);
        try {
            return text.startsWith("{") ? reader.fromJson(text) : reader.fromAddress(text);
        } catch (QuestionException wrong) {
            throw new SettingException(
                    wrong.faults().stream().map(Fault::toString).collect(Collectors.joining("; ")));
        }
    }

    /** What was asked for, or what suits a person at a terminal, or a program. */
    @SuppressWarnings("SystemConsoleNull") // Main has asked for the console that is there on a terminal only.
    private AnswerFormat format(Question question) throws SettingException {
        if (settings.value(Setting.FORMAT).isPresent()) {
            return settings.choice(Setting.FORMAT, AnswerFormat.class);
        }
        return question.format().orElse(System.console() == null ? AnswerFormat.CSV : AnswerFormat.TABLE);
    }

    private static String summary(QueryResult.Coverage coverage) {
        return coverage.matched() + " of " + coverage.examined() + " reports"
                + (coverage.withoutPath() == 0 ? "" : ", " + coverage.withoutPath() + " without a value to group by")
                + (coverage.damaged() == 0 ? "" : ", " + coverage.damaged() + " damaged");
    }
}
