package org.usagestats.sink.jsonl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeepTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);

    @ParameterizedTest
    @CsvSource({
        "31days, 2026-10-22",
        "90days, 2026-08-24",
        "2months, 2026-09-22",
        "25months, 2024-10-22",
        "1year, 2025-11-22",
        "10years, 2016-11-22"
    })
    void aWishIsANumberOfDaysMonthsOrYears(String wish, LocalDate firstKept) {
        assertThat(Keep.of(wish).firstKept(daily(100), TODAY)).isEqualTo(firstKept);
        assertThat(Keep.of(wish)).hasToString(wish.equals("1year") ? "1years" : wish);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "30days", "1month", "0days", "90", "days", "-90days", "90 days", "99999days", "2weeks"})
    void whatIsNoneOrTooShortIsRefused(String wish) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Keep.of(wish))
                .withMessage("the option keep is a number of days, months or years, such as 90days or 25months, and at"
                        + " least 31days, not \"" + wish + "\"");
    }

    @Test
    void aClockThatLeaptIsBelievedOnTheSeventhDay() {
        Keep keep = Keep.of("90days");
        List<LocalDate> days = daily(100);
        LocalDate kept = TODAY.minusDays(90);
        LocalDate leap = LocalDate.of(2099, 1, 1);
        assertThat(keep.firstKept(days, leap)).isEqualTo(kept);
        for (int day = 0; day < 6; day++) {
            days.add(leap.plusDays(day));
            assertThat(keep.firstKept(days, leap.plusDays(day))).isBeforeOrEqualTo(kept);
        }
        days.add(leap.plusDays(6));
        assertThat(keep.firstKept(days, leap.plusDays(6))).isEqualTo(leap.plusDays(6 - 90));
        assertThat(keep.firstKept(days, TODAY)).as("the clock is right again").isEqualTo(kept);
    }

    @Test
    void nothingIsOldBeforeThereAreSevenDaysNorWhenTheClockIsBehind() {
        Keep keep = Keep.of("31days");
        assertThat(keep.firstKept(List.of(), TODAY)).isBefore(LocalDate.EPOCH);
        assertThat(keep.firstKept(List.of(LocalDate.EPOCH, TODAY), TODAY)).isBefore(LocalDate.EPOCH);
        assertThat(keep.firstKept(daily(100), LocalDate.EPOCH)).isBefore(LocalDate.EPOCH);
        assertThat(Keep.FOR_EVER.firstKept(daily(100), TODAY)).isBefore(LocalDate.MIN.plusYears(999_999_999));
    }

    private static List<LocalDate> daily(int days) {
        List<LocalDate> dates = new ArrayList<>();
        for (int ago = days - 1; ago >= 0; ago--) {
            dates.add(TODAY.minusDays(ago));
        }
        return dates;
    }
}
