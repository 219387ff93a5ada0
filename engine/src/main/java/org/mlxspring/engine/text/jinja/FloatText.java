package org.mlxspring.engine.text.jinja;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** A float with a given number of digits, as Python's formats {@code f} and {@code e} write it. */
final class FloatText {

    private FloatText() {}

    static String of(double value, int digits, char kind) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return Representation.of(value);
        }
        String sign = value < 0 || value == 0 && 1 / value < 0 ? "-" : "";
        BigDecimal exact = new BigDecimal(Math.abs(value));
        if (kind == 'f' || kind == 'F') {
            return sign + exact.setScale(digits, RoundingMode.HALF_EVEN).toPlainString();
        }
        BigDecimal rounded = exact.round(new MathContext(digits + 1, RoundingMode.HALF_EVEN));
        int exponent = value == 0 ? 0 : rounded.precision() - rounded.scale() - 1;
        String mantissa = rounded.movePointLeft(exponent)
                .setScale(digits, RoundingMode.HALF_EVEN)
                .toPlainString();
        return sign
                + mantissa
                + kind
                + (exponent < 0 ? "-" : "+")
                + (Math.abs(exponent) < 10 ? "0" : "")
                + Math.abs(exponent);
    }
}
