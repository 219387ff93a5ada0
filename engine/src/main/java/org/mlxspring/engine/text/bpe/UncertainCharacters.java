package org.mlxspring.engine.text.bpe;

/**
 * Characters that Java 25 and Hugging Face's library sort into different categories, and halves of characters. A text
 * with one of them is for the library itself. Both know Unicode 16, but the library's own digits are those of 17.
 */
final class UncertainCharacters {

    /** Pairs of a first and a last one, in ascending order; found by comparing every character. */
    private static final int[] RANGES = {0x11de0, 0x11de9, 0x16ff4, 0x16ff6};

    private UncertainCharacters() {}

    static boolean in(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x250) {
                continue;
            }
            int whole = c;
            if (Character.isSurrogate(c)) {
                if (!Character.isHighSurrogate(c)
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    return true;
                }
                whole = Character.toCodePoint(c, text.charAt(++i));
            }
            if (listed(whole)) {
                return true;
            }
        }
        return false;
    }

    private static boolean listed(int c) {
        int low = 0;
        int high = RANGES.length / 2 - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (c < RANGES[2 * middle]) {
                high = middle - 1;
            } else if (c > RANGES[2 * middle + 1]) {
                low = middle + 1;
            } else {
                return true;
            }
        }
        return false;
    }
}
