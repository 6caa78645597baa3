package org.usagestats.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class StatsOptionsProperties {

    @Property
    void whatIsShownIsHarmlessAndCanBeReadBack(@ForAll String text) {
        String visible = StatsOptions.visible(text);

        assertThat(visible.replace("\n", "")).doesNotContainPattern("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]");
        assertThat(read(visible)).isEqualTo(text);
    }

    private static String read(String visible) {
        return Pattern.compile("\\\\(?:u([0-9a-f]{4})|\\\\)")
                .matcher(visible)
                .replaceAll(found -> Matcher.quoteReplacement(
                        found.group(1) == null ? "\\" : String.valueOf((char) Integer.parseInt(found.group(1), 16))));
    }
}
