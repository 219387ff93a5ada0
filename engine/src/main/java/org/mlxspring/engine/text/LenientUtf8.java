package org.mlxspring.engine.text;

/**
 * Decodes UTF-8 and puts one replacement character for each longest start of a character that goes wrong, as Python and
 * Rust do (The Unicode Standard, 3.9, "U+FFFD Substitution of Maximal Subparts"). Java's own decoder counts a few cases
 * differently.
 */
final class LenientUtf8 {

    static final char REPLACEMENT = '\ufffd';

    private LenientUtf8() {}

    static String decode(byte[] bytes) {
        var out = new StringBuilder(bytes.length);
        int i = 0;
        while (i < bytes.length) {
            int first = bytes[i] & 0xff;
            int length = length(first);
            int taken = 1;
            while (taken < length && i + taken < bytes.length && continues(first, taken, bytes[i + taken] & 0xff)) {
                taken++;
            }
            if (length > 0 && taken == length) {
                out.appendCodePoint(codePoint(bytes, i, length));
            } else {
                out.append(REPLACEMENT);
            }
            i += taken;
        }
        return out.toString();
    }

    /** Bytes of a character by its first one; 0 for a byte that starts none. */
    private static int length(int first) {
        if (first < 0x80) {
            return 1;
        }
        if (first < 0xc2 || first > 0xf4) {
            return 0;
        }
        return first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    }

    private static boolean continues(int first, int position, int next) {
        int lowest = 0x80;
        int highest = 0xbf;
        if (position == 1) {
            switch (first) {
                case 0xe0 -> lowest = 0xa0;
                case 0xed -> highest = 0x9f;
                case 0xf0 -> lowest = 0x90;
                case 0xf4 -> highest = 0x8f;
                default -> {}
            }
        }
        return next >= lowest && next <= highest;
    }

    private static int codePoint(byte[] bytes, int from, int length) {
        int value = length == 1 ? bytes[from] : bytes[from] & 0xff >> length + 1;
        for (int i = 1; i < length; i++) {
            value = value << 6 | bytes[from + i] & 0x3f;
        }
        return value;
    }
}
