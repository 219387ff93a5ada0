package org.mlxspring.autoconfigure.source;

import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many rows of an import may be refused before nothing of it is taken.
 *
 * @param text a number of rows such as {@code 25}, or a share of those read such as {@code 0.1%}
 */
record SkipLimit(String text) {

    private static final Pattern SHARE = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,6})?) ?%");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    /** Refused rows from which on a share is held against what was read so far, and not only at the end. */
    private static final int MANY = 10_000;

    /** @throws IllegalArgumentException unless it is a number of rows or a share of at most 100 % */
    SkipLimit {
        Matcher share = SHARE.matcher(text);
        boolean usable = share.matches()
                ? new BigDecimal(share.group(1)).compareTo(HUNDRED) <= 0
                : NUMBER.matcher(text).matches();
        if (!usable) {
            throw new IllegalArgumentException("the limit of refused rows is '" + text
                    + "'; it must be a number of rows such as 25, or a share of them such as 0.1%.");
        }
    }

    /** Whether the import cannot be taken any more, whatever rows are still to come. */
    boolean exceededBefore(long refused, long read) {
        return SHARE.matcher(text).matches() ? refused > MANY && exceeded(refused, read) : exceeded(refused, read);
    }

    /** Whether too many were refused, of all that were read. */
    boolean exceeded(long refused, long read) {
        Matcher share = SHARE.matcher(text);
        if (!share.matches()) {
            return refused > Long.parseLong(text);
        }
        BigDecimal most = new BigDecimal(share.group(1)).multiply(BigDecimal.valueOf(read));
        return BigDecimal.valueOf(refused).multiply(HUNDRED).compareTo(most) > 0;
    }
}
