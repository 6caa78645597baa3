package org.usagestats.benchmarks;

import java.util.ArrayList;
import java.util.List;

/** What the client is to reach with one JDK. */
final class Goals {

    /** From this version on the JDK can end an HTTP client that is open. */
    private static final int CLIENT_CAN_BE_ENDED = 21;

    private final Readings readings;
    private final Jdk jdk;
    private final List<Goal> all = new ArrayList<>();

    private Goals(Readings readings, Jdk jdk) {
        this.readings = readings;
        this.jdk = jdk;
    }

    /** The goals; what was not run is left out. */
    static List<Goal> of(Readings readings, Jdk jdk) {
        Goals goals = new Goals(readings, jdk);
        goals.shortPrograms();
        goals.handOff();
        goals.deadEnds();
        goals.detachedProcess();
        return goals.all.stream().filter(goal -> !Double.isNaN(goal.measured())).toList();
    }

    private void shortPrograms() {
        double nothingDue = more(Programs.NOTHING_DUE, Programs.HELLO);
        add("nothing due, above hello-world", nothingDue, 6, Goal.MILLIS);
        double sentry = readings.programs().stream()
                .filter(program -> program.name().startsWith("sentry"))
                .mapToDouble(program -> more(program.name(), Programs.HELLO))
                .findFirst()
                .orElse(Double.NaN);
        add("the same, as a part of Sentry's", nothingDue / sentry, 1 / 20.0, Goal.TIMES);
        add("first submit without flags, in process", readings.inside(jdk, Programs.FIRST_SUBMIT), 3, Goal.MILLIS);
        add("disabled, above hello-world", more(Programs.DISABLED, Programs.HELLO), 2, Goal.MILLIS);
    }

    private void handOff() {
        double floor = more(Programs.SPAWN, Programs.HELLO);
        add(
                "upload due, detached, above nothing due",
                more(Programs.DETACHED, Programs.NOTHING_DUE),
                1.3 * floor + 8,
                Goal.MILLIS);
        add(
                "the same, when the program runs 100 ms",
                more(Programs.DETACHED + Programs.WORKING, Programs.NOTHING_DUE + Programs.WORKING),
                3,
                Goal.MILLIS);
    }

    private void deadEnds() {
        add(
                "detached, nobody listens, above an answer",
                more(Programs.DETACHED_DEAD, Programs.DETACHED),
                5,
                Goal.MILLIS);
        add("detached, no answer, above an answer", more(Programs.DETACHED_SILENT, Programs.DETACHED), 5, Goal.MILLIS);
        double grace = jdk.feature() >= CLIENT_CAN_BE_ENDED ? 50 : 350;
        add(
                "in process, no answer, above nothing due",
                more(Programs.IN_PROCESS_SILENT, Programs.NOTHING_DUE),
                1000 + grace,
                Goal.MILLIS);
    }

    private void detachedProcess() {
        double one = readings.cpu(jdk, Programs.DRAIN_ONE);
        add(
                "CPU of the detached process, of one bare POST",
                one / readings.cpu(jdk, Programs.BARE_POST),
                1.2,
                Goal.TIMES);
        add("its CPU for 20 reports, of that for 1", readings.cpu(jdk, Programs.DRAIN_TWENTY) / one, 1.3, Goal.TIMES);
    }

    private double more(String name, String than) {
        return readings.wall(jdk, name) - readings.wall(jdk, than);
    }

    private void add(String what, double measured, double limit, String unit) {
        all.add(new Goal(jdk, what, measured, limit, unit));
    }
}
