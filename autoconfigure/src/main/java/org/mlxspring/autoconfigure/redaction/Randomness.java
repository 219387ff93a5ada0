package org.mlxspring.autoconfigure.redaction;

/** Tells strings that a machine drew from words and names. */
final class Randomness {

    private static final double LEAST_BITS = 3.0;
    private static final int LEAST_CHANGES = 3;
    private static final int WORD = 4;
    private static final int LONG = 32;
    private static final double BITS_OF_LONG = 4.3;

    private Randomness() {}

    /**
     * Whether letters and digits change places three times and the characters are evenly spread (Shannon entropy of 3
     * bits a character or more), or it has 32 characters, a digit and 4.3 bits; and no part between hyphens, underscores
     * or slashes is a word in lower case.
     */
    static boolean isRandom(String value) {
        int changes = changes(value);
        double bits = changes > 0 ? entropy(value) : 0;
        boolean spread = changes >= LEAST_CHANGES && bits >= LEAST_BITS;
        return (spread || value.length() >= LONG && bits >= BITS_OF_LONG) && !hasWords(value);
    }

    /** Shannon entropy of the characters, in bits per character. */
    static double entropy(String value) {
        int[] counts = new int[128];
        for (int i = 0; i < value.length(); i++) {
            counts[value.charAt(i) & 127]++;
        }
        double bits = 0;
        for (int count : counts) {
            if (count > 0) {
                double share = (double) count / value.length();
                bits -= share * Math.log(share) / Math.log(2);
            }
        }
        return bits;
    }

    private static int changes(String value) {
        int changes = 0;
        for (int i = 1; i < value.length(); i++) {
            changes += Chars.digit(value.charAt(i)) != Chars.digit(value.charAt(i - 1)) ? 1 : 0;
        }
        return changes;
    }

    private static boolean hasWords(String value) {
        boolean parts = false;
        int letters = 0;
        boolean pure = true;
        for (int i = 0; i <= value.length(); i++) {
            char c = i < value.length() ? value.charAt(i) : '-';
            if (c == '-' || c == '_' || c == '/') {
                parts |= i < value.length();
                if (parts && pure && letters >= WORD) {
                    return true;
                }
                letters = 0;
                pure = true;
            } else {
                pure &= c >= 'a' && c <= 'z';
                letters++;
            }
        }
        return false;
    }
}
