package org.usagestats.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0|0",
                "1234|1,234",
                "9999|9,999",
                "12345|12.3 k",
                "1000000|1 M",
                "4560000000|4.56 bn",
                "-50000|-50 k",
                "3.14159|3.14",
                "0.0004|0.0004"
            })
    void areReadable(double number, String text) {
        assertThat(Numbers.brief(number)).isEqualTo(text);
    }

    @Test
    void sharesHaveADecimalBelowTenPercent() {
        assertThat(Numbers.percent(0.0512)).isEqualTo("5.1 %");
        assertThat(Numbers.percent(0.5)).isEqualTo("50 %");
        assertThat(Numbers.percent(1)).isEqualTo("100 %");
        assertThat(Numbers.percent(0)).isEqualTo("0 %");
        assertThat(Numbers.percent(Double.NaN))
                .isEqualTo(Numbers.brief(Double.NaN))
                .isEqualTo("–");
    }

    @ParameterizedTest
    @CsvSource({"1,0.5", "4,1", "7,2", "1337,500", "100,50", "0.03,0.01"})
    void theLinesOfAGridAreRound(double most, double step) {
        assertThat(Numbers.step(most)).isEqualTo(step);
    }
}
