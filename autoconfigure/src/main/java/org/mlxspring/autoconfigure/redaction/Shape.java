package org.mlxspring.autoconfigure.redaction;

import java.util.OptionalInt;

/**
 * How a number is written: {@code 0} stands for a digit, {@code A} for a Latin letter, {@code X} for either, a space for a
 * space of any kind, {@code _} for a space, hyphen, dot, slash or nothing; anything else for itself.
 */
record Shape(String text) {

    /** Whether a number of this shape may begin with so many digits and then something else. */
    boolean mayBeginWith(int digits) {
        int count = 0;
        for (int s = 0; s < text.length(); s++) {
            char symbol = text.charAt(s);
            if (Chars.digit(symbol) || symbol == 'X') {
                if (symbol == 'X' && count == digits) {
                    return true;
                }
                count++;
            } else if (count == digits) {
                return true;
            } else if (symbol != '_') {
                return false;
            }
        }
        return count == digits;
    }

    /** How many characters at most stand before the first one that must be a digit, if one must. */
    OptionalInt firstDigit() {
        int first = text.indexOf('0');
        return first < 0 ? OptionalInt.empty() : OptionalInt.of(first);
    }

    /** Where the number of this shape that begins here ends, as a word of its own; 0 if there is none. */
    int end(String in, int start) {
        int i = start;
        for (int s = 0; s < text.length(); s++) {
            char symbol = text.charAt(s);
            if (i >= in.length()) {
                return 0;
            }
            char c = in.charAt(i);
            if (symbol == '_') {
                i += Chars.space(c) || "-./".indexOf(c) >= 0 ? 1 : 0;
            } else if (fits(symbol, c)) {
                i++;
            } else {
                return 0;
            }
        }
        return isolated(in, start, i) ? i : 0;
    }

    private static boolean fits(char symbol, char c) {
        return switch (symbol) {
            case '0' -> Chars.digit(c);
            case 'A' -> Chars.latin(c);
            case 'X' -> Chars.digit(c) || Chars.latin(c);
            case ' ' -> Chars.space(c);
            default -> symbol == c;
        };
    }

    /** Not a part of something longer, such as a UUID, a decimal or a longer row of groups. */
    private boolean isolated(String in, int start, int end) {
        boolean grouped = text.indexOf(' ') >= 0 || text.indexOf('_') >= 0;
        boolean cutBefore = start > 1
                && ("-./+".indexOf(in.charAt(start - 1)) >= 0 || grouped && Chars.space(in.charAt(start - 1)))
                && Chars.digit(in.charAt(start - 2));
        boolean cutAfter = end + 1 < in.length()
                && ("-./+".indexOf(in.charAt(end)) >= 0 || grouped && Chars.space(in.charAt(end)))
                && Chars.digit(in.charAt(end + 1));
        return Chars.startsWord(in, start) && Chars.endsWord(in, end) && !cutBefore && !cutAfter;
    }
}
