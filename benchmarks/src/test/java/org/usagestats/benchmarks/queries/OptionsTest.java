package org.usagestats.benchmarks.queries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class OptionsTest {

    @Test
    void without_options_five_million_reports_are_asked_about_with_the_jdk_that_runs() throws Exception {
        Options options = Options.parse(new String[0]);
        assertThat(options.reports()).isEqualTo(5_000_000);
        assertThat(options.rounds()).isEqualTo(15);
        assertThat(options.jdks()).hasSize(1);
        assertThat(options.wants("anybody")).isTrue();
    }

    @Test
    void options_are_read() throws Exception {
        Options options = Options.parse(
                new String[] {"--reports", "1000", "--rounds", "3", "--only", "DuckDB", "--only", "jq", "--dir", "kept"
                });
        assertThat(options.reports()).isEqualTo(1000);
        assertThat(options.rounds()).isEqualTo(3);
        assertThat(options.directory()).isEqualTo(Path.of("kept").toAbsolutePath());
        assertThat(options.wants(Contenders.READ_JSON)).isTrue();
        assertThat(options.wants(Contenders.PYTHON)).isFalse();
    }

    @Test
    void a_wrong_option_is_named_with_what_is_allowed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Options.parse(new String[] {"--rounds", "0"}))
                .withMessage("--rounds is followed by a number from 1 to 99999999, not 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Options.parse(new String[] {"--report", "5"}))
                .withMessage("there is no option --report");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Options.parse(new String[] {"--only"}))
                .withMessage("--only needs a value");
    }
}
