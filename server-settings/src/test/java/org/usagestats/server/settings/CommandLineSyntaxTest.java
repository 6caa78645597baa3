package org.usagestats.server.settings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CommandLineSyntaxTest {

    @Test
    void the_help_tells_of_every_setting_in_lines_that_fit_a_terminal() {
        String help = CommandLineSyntax.help();

        assertThat(Setting.values()).allSatisfy(setting -> assertThat(help).contains("  " + setting.usage()));
        assertThat(help.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(112));
    }
}
