package org.mlxspring.autoconfigure.redaction;

/** Kinds of characters, as the detectors tell them apart. */
final class Chars {

    private Chars() {}

    /** 0 to 9; digits of other scripts are not used in the numbers that are looked for. */
    static boolean digit(char c) {
        return c >= '0' && c <= '9';
    }

    static boolean latin(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    /** A letter or digit of any script. */
    static boolean word(char c) {
        return c < 128 ? digit(c) || latin(c) : Character.isLetterOrDigit(c);
    }

    /** Spaces that are written inside a number: plain, no-break, narrow no-break, thin. */
    static boolean space(char c) {
        return c == ' ' || c == '\u00A0' || c == '\u202F' || c == '\u2009';
    }

    /** Whether a word may begin here: nothing before, or no letter or digit. */
    static boolean startsWord(String text, int at) {
        return at == 0 || !word(text.charAt(at - 1));
    }

    /** Whether a word may end here, exclusive. */
    static boolean endsWord(String text, int at) {
        return at >= text.length() || !word(text.charAt(at));
    }

    static boolean digitAt(String text, int at) {
        return at >= 0 && at < text.length() && digit(text.charAt(at));
    }

    static boolean is(String text, int at, char c) {
        return at >= 0 && at < text.length() && text.charAt(at) == c;
    }

    /** The letters and digits of the value, letters in upper case. */
    static String lettersAndDigits(String value) {
        StringBuilder kept = new StringBuilder(value.length());
        for (int i = 0; i < value.length(); i++) {
            if (word(value.charAt(i))) {
                kept.append(Character.toUpperCase(value.charAt(i)));
            }
        }
        return kept.toString();
    }
}
