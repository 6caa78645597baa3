package org.usagestats.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A number to reach, and what was measured.
 *
 * @param jdk with which JDK
 * @param what in words
 * @param measured the number measured
 * @param limit what it may be at most
 * @param unit behind both
 */
record Goal(Jdk jdk, String what, double measured, double limit, String unit) {

    private static final String MILLIS = "ms";
    private static final String TIMES = "x";

    /** From this version on the JDK can end an HTTP client that is open. */
    private static final int CLIENT_CAN_BE_ENDED = 21;

    boolean isReached() {
        return measured <= limit;
    }

    String measuredText() {
        return text(measured);
    }

    String limitText() {
        return text(limit);
    }

    private String text(double value) {
        return String.format(Locale.ROOT, unit.equals(TIMES) ? "%.2f %s" : "%.1f %s", value, unit);
    }

    /** What the client is to reach; what was not run is left out. */
    static List<Goal> of(Readings readings, Jdk jdk) {
        Goals goals = new Goals(readings, jdk);
        goals.shortPrograms();
        goals.handOff();
        goals.deadEnds();
        goals.detachedProcess();
        return goals.measured();
    }

    /** Works the goals out. */
    private static final class Goals {

        private final Readings readings;
        private final Jdk jdk;
        private final List<Goal> all = new ArrayList<>();

        Goals(Readings readings, Jdk jdk) {
            this.readings = readings;
            this.jdk = jdk;
        }

        List<Goal> measured() {
            return all.stream().filter(goal -> !Double.isNaN(goal.measured())).toList();
        }

        void shortPrograms() {
            double nothingDue = more(Programs.NOTHING_DUE, Programs.HELLO);
            add("nothing due, above hello-world", nothingDue, 6, MILLIS);
            double sentry = readings.programs().stream()
                    .filter(program -> program.name().startsWith("sentry"))
                    .mapToDouble(program -> more(program.name(), Programs.HELLO))
                    .findFirst()
                    .orElse(Double.NaN);
            add("the same, as a part of Sentry's", nothingDue / sentry, 1 / 20.0, TIMES);
            add("first submit without flags, in process", readings.inside(jdk, Programs.FIRST_SUBMIT), 3, MILLIS);
            add("disabled, above hello-world", more(Programs.DISABLED, Programs.HELLO), 2, MILLIS);
        }

        void handOff() {
            double floor = more(Programs.SPAWN, Programs.HELLO);
            add(
                    "upload due, detached, above nothing due",
                    more(Programs.DETACHED, Programs.NOTHING_DUE),
                    1.3 * floor + 8,
                    MILLIS);
            add(
                    "the same, when the program runs 100 ms",
                    more(Programs.DETACHED + Programs.WORKING, Programs.NOTHING_DUE + Programs.WORKING),
                    3,
                    MILLIS);
        }

        void deadEnds() {
            add(
                    "detached, nobody listens, above an answer",
                    more(Programs.DETACHED_DEAD, Programs.DETACHED),
                    5,
                    MILLIS);
            add("detached, no answer, above an answer", more(Programs.DETACHED_SILENT, Programs.DETACHED), 5, MILLIS);
            double grace = jdk.feature() >= CLIENT_CAN_BE_ENDED ? 50 : 350;
            add(
                    "in process, no answer, above nothing due",
                    more(Programs.IN_PROCESS_SILENT, Programs.NOTHING_DUE),
                    1000 + grace,
                    MILLIS);
        }

        void detachedProcess() {
            double one = readings.cpu(jdk, Programs.DRAIN_ONE);
            add(
                    "CPU of the detached process, of one bare POST",
                    one / readings.cpu(jdk, Programs.BARE_POST),
                    1.2,
                    TIMES);
            add("its CPU for 20 reports, of that for 1", readings.cpu(jdk, Programs.DRAIN_TWENTY) / one, 1.3, TIMES);
        }

        private double more(String name, String than) {
            return readings.wall(jdk, name) - readings.wall(jdk, than);
        }

        private void add(String what, double measured, double limit, String unit) {
            all.add(new Goal(jdk, what, measured, limit, unit));
        }
    }
}
