package org.usagestats.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What the log looks like, whatever is logged. */
class LogLineProperties {

    @Example
    void an_event_is_a_line_of_keys_and_values() {
        LogRecord event = event(Level.WARNING, "{0} reports were \"lost\" in C:\\x\n");
        event.setParameters(new Object[] {12});
        assertThat(new LogLine().format(event))
                .isEqualTo("time=2026-11-22T07:33:32.250Z level=warning source=Intake"
                        + " message=\"12 reports were \\\"lost\\\" in C:\\\\x\\u000a\"\n");
    }

    @Example
    void a_failure_has_its_stack_on_the_same_line() {
        LogRecord event = event(Level.SEVERE, "a request failed");
        event.setThrown(new IllegalStateException("no\u001b[2J way"));
        assertThat(new LogLine().format(event))
                .contains(
                        " level=severe ",
                        " stack=\"java.lang.IllegalStateException: no\\u001b[2J way\\u000a\\u0009at org.usagestats.server")
                .hasLineCount(1);
    }

    @Example
    void what_is_long_is_cut_and_says_so() {
        assertThat(new LogLine().format(event(Level.INFO, "x".repeat(1_234))))
                .endsWith("x…[cut 234]\"\n")
                .hasSizeLessThan(1_200);
    }

    @Property
    void no_text_leaves_its_line_or_its_quotes(@ForAll String message, @ForAll String logger) {
        LogRecord event = event(Level.INFO, message);
        event.setLoggerName(logger);
        String line = new LogLine().format(event);

        assertThat(line)
                .endsWith("\"\n")
                .matches("(?s)time=[-0-9T:.]+Z level=info source=[\\w$-]* message=\"([^\"\\\\]|\\\\.)*\"\n");
        assertThat(line.substring(0, line.length() - 1).chars()).noneMatch(Character::isISOControl);
        assertThat(line).doesNotContain("\u2028", "\u2029", "\u202e", "\u2066");
    }

    private static LogRecord event(Level level, String message) {
        LogRecord event = new LogRecord(level, message);
        event.setLoggerName("org.usagestats.server.Intake");
        event.setInstant(Instant.parse("2026-11-22T07:33:32.250Z"));
        return event;
    }
}
