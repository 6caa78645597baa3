package org.usagestats.benchmarks.queries;

import java.io.Closeable;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.usagestats.benchmarks.queries.Respondent.Patience;
import org.usagestats.benchmarks.queries.Respondent.Turn;

/** Asks all contenders in turn, again and again, and sees to it that all say the same. */
final class Hearing implements Closeable {

    private static final int EVERY = 3;

    /** Who takes so long for all answers to a question is not asked it again; the very first answer is to warm up. */
    private static final double LONG = 5e9;

    private static final double NANOS_PER_MILLI = 1e6;

    /** Whose answers must be the same. */
    private record Asked(boolean million, Question question) {}

    private record Said(String by, Set<String> rows) {}

    private final Map<Contender, Respondent> respondents = new LinkedHashMap<>();
    private final Map<Asked, Said> answers = new HashMap<>();
    private final Times times = new Times();
    private final PrintWriter csv;

    /**
     * Begins.
     *
     * @param csv takes every single time
     */
    Hearing(PrintWriter csv) {
        this.csv = csv;
        csv.println("contender,question,round,nanos");
    }

    /** Starts all, compares their answers, and lets them warm up. */
    void call(List<Contender> contenders) throws IOException, InterruptedException {
        for (Contender contender : contenders) {
            System.err.println("asking " + contender.title());
            try {
                call(contender);
            } catch (IOException failed) {
                leaveOut(contender, failed);
            }
        }
    }

    /** What is ours must answer. */
    private void leaveOut(Contender contender, IOException failed) throws IOException {
        if (contender.isOurs()) {
            throw failed;
        }
        System.err.println("left out: " + contender.title() + ": " + failed.getMessage());
        Respondent respondent = respondents.remove(contender);
        if (respondent != null) {
            respondent.close();
        }
    }

    private void call(Contender contender) throws IOException, InterruptedException {
        respondents.put(contender, contender.start().start());
        times.expect(contender);
        for (Question question : contender.questions()) {
            List<Long> nanos = ask(contender, question, Patience.ONCE);
            if (contender.isQuick()) {
                ask(contender, question, Patience.TO_WARM_UP);
            } else if (question != Question.ONE_KEY && nanos.get(0) > LONG) {
                keep(contender, question, 0, nanos);
            }
        }
    }

    /** Asks all, the slow ones in every third round, and those that take very long not again. */
    void hear(int rounds) throws IOException, InterruptedException {
        for (int round = 1; round <= rounds; round++) {
            System.err.print("\rround " + round + " of " + rounds);
            for (Contender contender : respondents.keySet()) {
                if (contender.isQuick() || round % EVERY == 1) {
                    round(contender, round);
                }
            }
        }
        System.err.println();
    }

    private void round(Contender contender, int round) throws IOException, InterruptedException {
        Patience patience = contender.isQuick() ? Patience.A_TURN : Patience.ONCE;
        for (Question question : contender.questions()) {
            if (contender.isQuick() || times.sum(contender, question) * NANOS_PER_MILLI < LONG) {
                keep(contender, question, round, ask(contender, question, patience));
            }
        }
    }

    private void keep(Contender contender, Question question, int round, List<Long> nanos) {
        times.add(contender, question, nanos);
        nanos.forEach(
                one -> csv.println("\"" + contender.title() + "\"," + question.title() + "," + round + "," + one));
    }

    private List<Long> ask(Contender contender, Question question, Patience patience)
            throws IOException, InterruptedException {
        Respondent respondent = respondents.get(contender);
        if (respondent == null) {
            throw new IllegalStateException(contender.title() + " was not started");
        }
        Turn turn;
        try {
            turn = respondent.ask(question, patience);
        } catch (IOException failed) {
            throw new IOException(contender.title() + " cannot answer " + question.title(), failed);
        }
        requireSame(contender, question, turn.rows());
        return turn.nanos();
    }

    private void requireSame(Contender contender, Question question, List<String> rows) {
        Asked asked = new Asked(contender.field() == Contender.Field.MILLION, question);
        Said said = new Said(contender.title(), new HashSet<>(rows));
        Said before = answers.putIfAbsent(asked, said);
        if (rows.isEmpty() || (before != null && !before.rows.equals(said.rows))) {
            throw new IllegalStateException("to " + question.title() + " " + said.by + " says "
                    + new ArrayList<>(said.rows) + ", but " + (before == null ? "nobody" : before.by) + " says "
                    + (before == null ? "" : before.rows));
        }
    }

    Times times() {
        return times;
    }

    @Override
    public void close() throws IOException {
        for (Respondent respondent : respondents.values()) {
            respondent.close();
        }
        csv.close();
    }
}
