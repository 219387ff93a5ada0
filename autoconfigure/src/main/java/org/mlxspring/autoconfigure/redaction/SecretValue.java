package org.mlxspring.autoconfigure.redaction;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a name is given, and how it is written.
 *
 * @param text the value, without quotes
 * @param start where it begins
 * @param end where it ends, exclusive
 * @param quoted whether it stands in quotes
 */
record SecretValue(String text, int start, int end, boolean quoted) {

    /** Most characters of a value. */
    static final int LONGEST = 128;

    private static final Pattern NAME_IN_CODE = Pattern.compile("[A-Za-z_]\\w*(\\.[A-Za-z_]\\w*)+");
    private static final Set<String> STAND_INS = Set.of(
            "null",
            "none",
            "nil",
            "true",
            "false",
            "undefined",
            "required",
            "optional",
            "string",
            "empty",
            "redacted",
            "hidden",
            "secret",
            "password",
            "passwort",
            "token",
            "text",
            "example",
            "todo",
            "tbd",
            "n/a",
            "unknown",
            "your_password",
            "yourpassword",
            "your-password",
            "placeholder",
            "removed",
            "filtered",
            "masked");

    /** The value that begins here or a little behind, after a sign. */
    static SecretValue at(String text, int from, char sign) {
        int start = from;
        while (start < text.length() && start < from + 4 && " \t>=:*".indexOf(text.charAt(start)) >= 0) {
            start++;
        }
        int escape = Chars.is(text, start, '\\') ? 1 : 0;
        char quote = start + escape < text.length() ? text.charAt(start + escape) : ' ';
        boolean quoted = "\"'`„“«".indexOf(quote) >= 0;
        if (quoted) {
            start += escape + 1;
        }
        String closing = quote == '„' ? "“”" : quote == '“' ? "”" : quote == '«' ? "»" : String.valueOf(quote);
        int end = start;
        while (end < text.length() && end < start + LONGEST && text.charAt(end) != '\n') {
            char c = text.charAt(end);
            if (quoted ? closing.indexOf(c) >= 0 : Character.isWhitespace(c) || "\"'`<>".indexOf(c) >= 0) {
                break;
            }
            if (!quoted && sign == '=' && "&;,".indexOf(c) >= 0) {
                break;
            }
            end++;
        }
        while (end > start && (quoted ? "\\" : ".,;:)}]\\").indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        return new SecretValue(text.substring(start, end), start, end, quoted);
    }

    /** Whether it can be what its name says, rather than a stand-in, a type or a word of a sentence. */
    boolean isMeant(SecretName name, char sign, boolean setting) {
        if (text.length() < name.shortest() || isStandIn(text)) {
            return false;
        }
        boolean digit = text.chars().anyMatch(c -> Chars.digit((char) c));
        return switch (name) {
            case PASSWORD -> isPassword(digit, sign, setting);
            case SECRET ->
                digit
                        && text.indexOf(' ') < 0
                        && Randomness.entropy(text) > 2.5
                        && (text.indexOf('/') < 0 || Randomness.isRandom(text));
            case PIN -> text.length() <= 8 && text.chars().allMatch(c -> Chars.digit((char) c));
            case OTHER -> false;
        };
    }

    /** In quotes or a line of settings anything; else what is neither a word nor a name in a program. */
    private boolean isPassword(boolean digit, char sign, boolean setting) {
        if (text.indexOf(' ') >= 0) {
            return quoted && digit && text.length() < 64;
        }
        boolean mark = text.chars().anyMatch(c -> !Character.isLetterOrDigit(c) && "-._'/".indexOf(c) < 0);
        boolean capitalInside = text.substring(1).chars().anyMatch(Character::isUpperCase)
                && text.chars().anyMatch(Character::isLowerCase);
        return quoted || setting || digit && !isCode() || mark || sign != '=' && (capitalInside || text.length() >= 20);
    }

    private boolean isCode() {
        return text.indexOf('.') > 0 && NAME_IN_CODE.matcher(text).matches();
    }

    /** Whether a value stands in for one that is not told. */
    static boolean isStandIn(String value) {
        String lower = value.toLowerCase(Locale.ROOT);
        boolean variable = "$<{%[(*".indexOf(value.charAt(0)) >= 0
                || value.indexOf('(') > 0
                || lower.startsWith("process.env")
                || lower.startsWith("os.environ")
                || value.indexOf('\uFFFC') >= 0;
        return variable
                || STAND_INS.contains(lower)
                || lower.chars().allMatch(c -> c == '*' || c == 'x' || c == '•' || c == '.' || c == '-' || c == '…');
    }
}
