package org.usagestats.dashboard;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** Writes numbers as people read them. */
final class Numbers {

    private static final MathContext THREE_DIGITS = new MathContext(3, RoundingMode.HALF_UP);

    private Numbers() {}

    /** 1,234 as it is; from 10,000 on three digits and a unit: 12.3 k, 4.56 M; far beyond as 1.23E+20. */
    static String brief(double number) {
        double size = Math.abs(number);
        if (!Double.isFinite(number)) {
            return "–";
        }
        if (size >= 1e15 || (size != 0 && size < 1e-6)) {
            return new BigDecimal(number).round(THREE_DIGITS).toString();
        }
        if (size >= 1e9) {
            return threeDigits(number / 1e9) + " bn";
        }
        if (size >= 1e6) {
            return threeDigits(number / 1e6) + " M";
        }
        if (size >= 1e4) {
            return threeDigits(number / 1e3) + " k";
        }
        return number == Math.rint(number) ? String.format(Locale.ROOT, "%,d", (long) number) : threeDigits(number);
    }

    /** A share of 1 in percent, with a decimal below ten. */
    static String percent(double share) {
        if (!Double.isFinite(share * 100)) {
            return "–";
        }
        int decimals = share * 100 < 9.95 ? 1 : 0;
        return plain(BigDecimal.valueOf(share * 100).setScale(decimals, RoundingMode.HALF_UP)) + " %";
    }

    /** The distance of a few lines of a grid that ends at or above a number: 1, 2 or 5 times a power of ten. */
    static double step(double most) {
        double wish = Math.max(most, 1e-300) / 4;
        double ten = Math.pow(10, Math.floor(Math.log10(wish)));
        double step = wish <= ten ? ten : wish <= 2 * ten ? 2 * ten : wish <= 5 * ten ? 5 * ten : 10 * ten;
        return step;
    }

    private static String threeDigits(double number) {
        return plain(BigDecimal.valueOf(number).round(THREE_DIGITS));
    }

    private static String plain(BigDecimal number) {
        return number.stripTrailingZeros().toPlainString();
    }
}
