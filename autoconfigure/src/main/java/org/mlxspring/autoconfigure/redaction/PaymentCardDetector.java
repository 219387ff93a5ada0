package org.mlxspring.autoconfigure.redaction;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Numbers of payment cards (ISO/IEC 7812-1): the first digits of an issuer, one of its lengths, and the check digit after
 * Luhn. Written in one, or with single spaces, hyphens or dots. The ranges are those the card networks publish.
 */
final class PaymentCardDetector implements Detector {

    static final String TYPE = "PAYMENT_CARD";

    private static final int SHORTEST = 13;
    private static final int LONGEST = 19;

    /** Numbers whose first digits, as many as {@code low} has, are from {@code low} to {@code high}. */
    private record Issuer(int low, int high, int shortest, int longest) {

        boolean issues(String number) {
            int prefix =
                    Integer.parseInt(number.substring(0, Integer.toString(low).length()));
            return prefix >= low && prefix <= high && number.length() >= shortest && number.length() <= longest;
        }
    }

    private static final List<Issuer> ISSUERS = List.of(
            new Issuer(4, 4, 13, 13), // Visa
            new Issuer(4, 4, 16, 16),
            new Issuer(4, 4, 19, 19),
            new Issuer(51, 55, 16, 16), // Mastercard
            new Issuer(2221, 2720, 16, 16),
            new Issuer(34, 34, 15, 15), // American Express
            new Issuer(37, 37, 15, 15),
            new Issuer(6011, 6011, 16, 19), // Discover
            new Issuer(644, 659, 16, 19),
            new Issuer(300, 305, 14, 19), // Diners Club
            new Issuer(36, 36, 14, 19),
            new Issuer(38, 39, 14, 19),
            new Issuer(3528, 3589, 16, 19), // JCB
            new Issuer(62, 62, 16, 19), // UnionPay
            new Issuer(81, 82, 16, 16), // RuPay
            new Issuer(60, 60, 16, 16),
            new Issuer(2200, 2204, 16, 19), // Mir
            new Issuer(5018, 5018, 13, 19), // Maestro
            new Issuer(5020, 5020, 13, 19),
            new Issuer(5038, 5038, 13, 19),
            new Issuer(5893, 5893, 13, 19),
            new Issuer(6304, 6304, 13, 19),
            new Issuer(6759, 6759, 13, 19),
            new Issuer(6761, 6763, 13, 19));

    @Override
    public Set<String> types() {
        return Set.of(TYPE);
    }

    @Override
    public String normalized(String type, String value) {
        return Chars.lettersAndDigits(value);
    }

    @Override
    public List<Finding> find(String text) {
        List<Finding> findings = new ArrayList<>();
        int i = 0;
        while (i + SHORTEST <= text.length()) {
            int end = Chars.digit(text.charAt(i)) && begins(text, i) ? end(text, i) : 0;
            if (end > 0) {
                findings.add(new Finding(TYPE, i, end));
            }
            i = Math.max(i + 1, end);
        }
        return findings.isEmpty() ? List.of() : findings;
    }

    private static boolean begins(String text, int at) {
        boolean goesOn = at > 1 && "-.,".indexOf(text.charAt(at - 1)) >= 0 && Chars.digit(text.charAt(at - 2));
        return Chars.startsWord(text, at) && !goesOn;
    }

    /** Where the longest number that begins here ends; 0 if there is none. Groups have at least three digits. */
    private static int end(String text, int start) {
        StringBuilder number = new StringBuilder(LONGEST);
        int end = 0;
        int group = 0;
        int i = start;
        while (i < text.length() && number.length() < LONGEST) {
            char c = text.charAt(i);
            if (Chars.digit(c)) {
                number.append(c);
                group++;
                if (number.length() >= SHORTEST && group >= 3 && ends(text, i + 1) && valid(number.toString())) {
                    end = i + 1;
                }
            } else if ((Chars.space(c) || c == '-' || c == '.') && group >= 3 && Chars.digitAt(text, i + 1)) {
                group = 0;
            } else {
                break;
            }
            i++;
        }
        return end;
    }

    private static boolean ends(String text, int at) {
        boolean goesOn = at + 1 < text.length()
                && (text.charAt(at) == '-' || text.charAt(at) == '.')
                && Chars.digit(text.charAt(at + 1));
        return Chars.endsWord(text, at) && !goesOn;
    }

    private static boolean valid(String number) {
        boolean sameDigit = number.chars().distinct().count() == 1;
        return !sameDigit && CheckDigits.luhn(number) && ISSUERS.stream().anyMatch(issuer -> issuer.issues(number));
    }
}
