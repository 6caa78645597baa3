package org.usagestats.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usagestats.demo.DemoData;

/** What the collector's commands show to somebody at a terminal, and to nobody else. */
class TerminalTest {

    /** More than any machine brings in before it is time to show how far it has come. */
    private static final int REPORTS = 60_000;

    private static final String CLEAR_LINE = "\r\u001b[K";

    @TempDir
    private static Path folder;

    private static Path year;

    @BeforeAll
    static void makeReports() throws IOException {
        year = folder.resolve("year.jsonl");
        try (Writer out = Files.newBufferedWriter(year)) {
            new DemoData(REPORTS, 1, Instant.now()).writeTo(out);
        }
    }

    private static Command server(String... words) {
        String[] all = new String[words.length + 1];
        all[0] = Built.SERVER_DIST.resolve("bin/usagestats-server").toString();
        System.arraycopy(words, 0, all, 1, words.length);
        return Command.of(all);
    }

    @Test
    void whoSitsAtATerminalSeesHowFarItHasCome() throws Exception {
        assumeTrue(Command.of("sh", "-c", "command -v script").run().status() == 0, "script(1) is not installed");
        String sink = "jsonl:" + folder.resolve("seen");

        Command.Ended imported =
                server("import", sink, year.toString()).inATerminal().run();
        assertThat(imported.status()).as(imported.out()).isZero();
        assertThat(imported.out())
                .containsPattern("\\r\u001b\\[K[1-9][0-9]* reports\\r\u001b\\[K")
                .endsWith(CLEAR_LINE + "imported " + REPORTS + " reports; 0 were there already, 0 were damaged and"
                        + " passed over\r\n");

        Command.Ended verified = server("verify", sink).inATerminal().run();
        assertThat(verified.status()).as(verified.out()).isZero();
        assertThat(verified.out()).endsWith(REPORTS + " reports are whole, nothing is damaged\r\n");

        Command.Ended asked =
                server("query", sink, "metrics=count").inATerminal().run();
        assertThat(asked.out()).isEqualTo("count\r\n" + REPORTS + "\r\n" + REPORTS + " of " + REPORTS + " reports\r\n");
    }

    @Test
    void aFileGetsNothingButTheResult() throws Exception {
        String sink = "jsonl:" + folder.resolve("unseen");

        Command.Ended imported = server("import", sink, year.toString()).run();
        assertThat(imported.err())
                .isEqualTo("imported " + REPORTS + " reports; 0 were there already, 0 were damaged and passed over\n");
        assertThat(server("verify", sink).run().err()).isEqualTo(REPORTS + " reports are whole, nothing is damaged\n");
        assertThat(server("query", sink, "metrics=count").run().out()).isEqualTo("\"count\"\r\n" + REPORTS + "\r\n");
    }
}
