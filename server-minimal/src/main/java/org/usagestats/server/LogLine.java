package org.usagestats.server;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.usagestats.server.records.Escapes;

/**
 * Writes each event as a line of {@code key=value}: time, level, source, message and, if something failed in a way that nobody
 * thought of, where. Text stays on its line, whoever made it.
 */
final class LogLine extends Formatter {

    private static final int LONGEST_MESSAGE = 1_000;
    private static final int LONGEST_STACK = 8_000;

    /** Logs so from now on, unless the operator has configured the JDK's logging. */
    static void useUnlessConfigured() {
        if (System.getProperty("java.util.logging.config.file") == null
                && System.getProperty("java.util.logging.config.class") == null) {
            for (Handler handler : Logger.getLogger("").getHandlers()) {
                handler.setFormatter(new LogLine());
            }
        }
    }

    @Override
    public String format(LogRecord event) {
        StringBuilder line = new StringBuilder("time=");
        line.append(event.getInstant().truncatedTo(ChronoUnit.MILLIS));
        line.append(" level=").append(event.getLevel().getName().toLowerCase(Locale.ROOT));
        line.append(" source=").append(source(event.getLoggerName()));
        line.append(" message=").append(quoted(formatMessage(event), LONGEST_MESSAGE));
        if (event.getThrown() != null) {
            line.append(" stack=").append(quoted(stack(event.getThrown()), LONGEST_STACK));
        }
        return line.append('\n').toString();
    }

    /** The class that speaks, without its package; no more than a name in what anybody may call a logger. */
    private static String source(@Nullable String logger) {
        String name = logger == null ? "" : logger;
        return name.substring(name.lastIndexOf('.') + 1).replaceAll("[^A-Za-z0-9_$-]", "_");
    }

    private static String quoted(@Nullable String text, int longest) {
        String all = String.valueOf(text);
        String shown =
                all.length() <= longest ? all : all.substring(0, longest) + "…[cut " + (all.length() - longest) + "]";
        return '"' + Escapes.line(shown.replace("\\", "\\\\").replace("\"", "\\\"")) + '"';
    }

    private static String stack(Throwable thrown) {
        StringWriter trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace));
        return trace.toString();
    }
}
