package org.usagestats.benchmarks.queries;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.usagestats.benchmarks.load.Goal;
import org.usagestats.benchmarks.queries.Contender.Field;
import org.usagestats.benchmarks.queries.TakingIn.Asked;

/** What is to be reached on one JDK. */
final class Goals {

    private static final double GIGA = 1e9;
    private static final double MEGA = 1e6;
    private static final double MILLIS_A_SECOND = 1000;
    private static final int ID_BYTES = 16;
    private static final int USER_BYTES = 36;
    private static final double PERCENT = 100;

    private final Result result;
    private final String version;
    private final List<Goal> all = new ArrayList<>();

    private Goals(Result result, String version) {
        this.result = result;
        this.version = version;
    }

    /** The goals; what was not measured is left out. */
    static List<Goal> of(Result result, String version) {
        Goals goals = new Goals(result, version);
        goals.columns();
        goals.duckDb();
        goals.million();
        goals.file();
        result.making().stream()
                .filter(making -> making.jdk().version().equals(version))
                .forEach(goals::making);
        goals.takingIn();
        return goals.all.stream().filter(Goal::isMeasured).toList();
    }

    private void columns() {
        Map<Question, Double> bounds = bounds(5, 6, 20);
        bounds.forEach(
                (question, bound) -> atMost(question.title() + ", 1 thread, in ms", columns(question, 1), bound));
        for (Question question : Question.SIMPLE) {
            double over = ready(Contenders.OVER_HTTP, version, question) - columns(question, 2);
            atMost(question.title() + " over HTTP, above 2 threads, in ms", over, 10);
        }
    }

    private static Map<Question, Double> bounds(double oneKey, double twoKeys, double usersByDay) {
        Map<Question, Double> bounds = new EnumMap<>(Question.class);
        bounds.put(Question.ONE_KEY, oneKey);
        bounds.put(Question.TWO_KEYS, twoKeys);
        bounds.put(Question.USERS_BY_DAY, usersByDay);
        return bounds;
    }

    private void duckDb() {
        Map<Question, Double> bounds = bounds(2.5, 5, 15);
        for (Map.Entry<Question, Double> bound : bounds.entrySet()) {
            Question question = bound.getKey();
            for (int threads = 1; threads <= 2; threads++) {
                double theirs = ready(Contenders.threads(Contenders.DUCKDB, threads), "", question);
                atLeast(
                        Contenders.threads(question.title() + ": DuckDB's table / columns", threads),
                        theirs / columns(question, threads),
                        bound.getValue());
            }
        }
    }

    private void million() {
        double ours = million(Contenders.threads(Contenders.COLUMNS, 1), version);
        atLeast("q1, a million: PostgreSQL, flat / columns, 1 thread", million(Contenders.FLAT, "") / ours, 15);
        atLeast("q1, a million: Python / columns, 1 thread", million(Contenders.PYTHON, "") / ours, 500);
        atLeast("q1, a million: jq / columns, 1 thread", million(Contenders.JQ, "") / ours, 1000);
    }

    private void file() {
        double one = plain(1);
        double two = plain(2);
        atLeast("q1, a file: 1 thread, in GB/s", result.fileBytes() / GIGA / (one / MILLIS_A_SECOND), 2);
        atLeast("q1, a file: DuckDB's read_json / ours, 1 thread", readJson(1) / one, 2);
        atLeast("q1, a file: DuckDB's read_json / ours, 2 threads", readJson(2) / two, 2);
        atLeast("q1, a file: 1 thread / 2 threads", one / two, 1.8);
    }

    private void making(Making making) {
        double reports = result.reports();
        atLeast("making columns, 1 processor, in million reports/s", reports / MEGA / making.makeOne(), 1);
        double users = reports / MadeUpReports.REPORTS_A_USER;
        atMost(
                "columns in memory, without the users' characters, in bytes a report",
                (making.columnBytes() - USER_BYTES * users) / reports,
                16);
        atMost(
                "columns on the disk without ids, in percent of the log",
                PERCENT * (making.diskBytes() - ID_BYTES * reports) / result.logBytes(),
                6);
        atLeast("loading columns, in million reports/s", reports / MEGA / making.load(), 50);
    }

    private void takingIn() {
        double never = result.taken(version, Asked.NEVER);
        double alone = result.taken(version, Asked.NOT_NOW);
        atLeast("taking in: a question a second / never asked", result.taken(version, Asked.EACH_SECOND) / never, 0.95);
        atLeast("taking in: questions without pause / none", result.taken(version, Asked.ALL_THE_TIME) / alone, 0.7);
    }

    private double columns(Question question, int threads) {
        return ready(Contenders.threads(Contenders.COLUMNS, threads), version, question);
    }

    private double ready(String name, String whose, Question question) {
        return result.times().median(Field.READY, name, whose, question);
    }

    private double million(String name, String whose) {
        return result.times().median(Field.MILLION, name, whose, Question.ONE_KEY);
    }

    private double plain(int threads) {
        return result.times()
                .median(Field.FILE, Contenders.threads(Contenders.PLAIN, threads), version, Question.ONE_KEY);
    }

    private double readJson(int threads) {
        return result.times()
                .median(Field.FILE, Contenders.threads(Contenders.READ_JSON, threads), "", Question.ONE_KEY);
    }

    private void atLeast(String what, double measured, double bound) {
        all.add(new Goal(what, measured, Goal.Side.AT_LEAST, bound));
    }

    private void atMost(String what, double measured, double bound) {
        all.add(new Goal(what, measured, Goal.Side.AT_MOST, bound));
    }
}
