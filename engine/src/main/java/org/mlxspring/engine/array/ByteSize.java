package org.mlxspring.engine.array;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers of bytes as people write and read them, in powers of 1000 as mlx-lm has them. */
public final class ByteSize {

    private static final Pattern SIZE = Pattern.compile("([0-9.]+)\\s*(|M|MB|G|GB)");
    private static final Map<String, Long> UNITS =
            Map.of("", 1L, "M", 1_000_000L, "MB", 1_000_000L, "G", 1_000_000_000L, "GB", 1_000_000_000L);

    private ByteSize() {}

    /**
     * Reads {@code 500MB}, {@code 1.5G} or bytes.
     *
     * @param name what is read, for the message
     * @throws IllegalArgumentException if it is no such size; the message names the value and what would be right
     */
    public static long parse(String name, String size) {
        Matcher matcher = SIZE.matcher(size.strip().toUpperCase(Locale.ROOT));
        try {
            if (matcher.matches()) {
                return new BigDecimal(matcher.group(1))
                        .multiply(BigDecimal.valueOf(UNITS.get(matcher.group(2))))
                        .longValueExact();
            }
        } catch (ArithmeticException | NumberFormatException e) {
            throw wrong(name, size);
        }
        throw wrong(name, size);
    }

    /** A size for a person: {@code 812 MB}, {@code 1.43 GB}, {@code 70.5 GB}. */
    public static String text(long bytes) {
        double gigabytes = bytes / 1e9;
        if (gigabytes < 1) {
            return String.format(Locale.ROOT, "%.0f MB", bytes / 1e6);
        }
        return String.format(Locale.ROOT, gigabytes < 10 ? "%.2f GB" : "%.1f GB", gigabytes);
    }

    private static IllegalArgumentException wrong(String name, String size) {
        return new IllegalArgumentException(
                name + " is '" + size + "'; it must be a number of bytes, or one with MB or GB.");
    }
}
