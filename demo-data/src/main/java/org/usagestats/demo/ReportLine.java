package org.usagestats.demo;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Writes reports as a collector keeps those of our own client: first its own fields, then the report's in their order. */
final class ReportLine {

    /** What the program can do, and how long a session with it usually is: e to the power of this, in seconds. */
    private enum Command {
        OPEN(5.2),
        EXPORT(3.4),
        CONVERT(1.6),
        CHECK(0.7),
        SERVE(8.1);

        private final double length;
        private final String word = name().toLowerCase(Locale.ROOT);

        Command(double length) {
            this.length = length;
        }
    }

    private static final Pick<Command> PEOPLE = new Pick<Command>()
            .or(46, Command.OPEN)
            .or(24, Command.EXPORT)
            .or(18, Command.CONVERT)
            .or(12, Command.CHECK);

    private static final Pick<Command> MACHINES = new Pick<Command>()
            .or(55, Command.CONVERT)
            .or(25, Command.CHECK)
            .or(12, Command.EXPORT)
            .or(8, Command.SERVE);

    /** What may be used in a session, the more popular first. */
    private static final List<String> FEATURES =
            List.of("spell-check", "templates", "pdf", "dark-mode", "plug-ins", "track-changes", "formulas", "macros");

    private static final DateTimeFormatter TIME =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);

    private final Random random;
    private final StringBuilder line = new StringBuilder(512);
    private boolean unquoted;

    ReportLine(Random random) {
        this.random = random;
    }

    /** A report that came in at a time, in milliseconds since 1970. */
    String of(User user, int day, long time) {
        Command command = (user.kind() == User.Kind.MACHINE ? MACHINES : PEOPLE).draw(random);
        Release release = user.release(day);
        long made = time - 200 - random.nextInt(3000);
        line.setLength(0);
        line.append("{\"report_id\":\"").append(User.id(random));
        add("server_time", TIME.format(Instant.ofEpochMilli(time)));
        add("date", seconds(made));
        add("user", user.id().toString());
        add("version", release.version());
        add("program", user.kind() == User.Kind.MACHINE ? "paperboat-server" : "paperboat");
        add("command", command.word);
        addFeatures();
        add("outcome", outcome(command, release));
        addMachine(user.machine(), day);
        add("session_time", seconds(Math.round(1000 * Math.exp(command.length + 1.1 * random.nextGaussian()))));
        return line.append("\"}\n").toString();
    }

    private void addMachine(Machine machine, int day) {
        add("architecture", machine.architecture());
        if (!machine.distribution().isEmpty()) {
            add("distribution", machine.distribution());
        }
        add("system", machine.system());
        add("java", machine.java(day));
    }

    /** Each feature is used in half as many sessions as the one before; several become an array. */
    private void addFeatures() {
        List<String> used = FEATURES.stream()
                .filter(feature -> random.nextInt(100) < 55 / (1 + FEATURES.indexOf(feature)))
                .toList();
        if (used.size() == 1) {
            add("feature", used.get(0));
        } else if (used.size() > 1) {
            line.append("\",\"feature\":[\"").append(String.join("\",\"", used)).append("\"]");
            unquoted = true;
        }
    }

    private String outcome(Command command, Release release) {
        int draw = random.nextInt(100);
        int errors = command == Command.EXPORT ? release.errors() : 1;
        return draw < errors ? "error" : draw >= 97 ? "cancelled" : "ok";
    }

    /** Adds a member; the string before it was left open. None of the values needs an escape. */
    private void add(String key, String value) {
        line.append(unquoted ? ",\"" : "\",\"").append(key).append("\":\"").append(value);
        unquoted = false;
    }

    private static String seconds(long millis) {
        String digits = Long.toString(1000 + millis % 1000);
        return millis / 1000 + "." + digits.substring(1);
    }
}
